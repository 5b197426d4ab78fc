// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions on nothing, and how they ended. */
final class RecordedTransactions extends AbstractPlatformTransactionManager {
    private static final long serialVersionUID = 1L;

    private final transient List<String> ends = new ArrayList<>();

    SpringTransactionPolicy policy() {
        return new SpringTransactionPolicy(new TransactionTemplate(this));
    }

    List<String> ends() {
        return ends;
    }

    @Override
    protected Object doGetTransaction() {
        return this;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        // There is nothing to begin.
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        ends.add("commit");
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        ends.add("rollback");
    }
}
