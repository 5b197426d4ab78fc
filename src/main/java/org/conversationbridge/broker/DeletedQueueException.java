// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.TransactionRolledBackException;

/** A transaction is rolled back: a queue that it sent to was deleted before its commit. */
public final class DeletedQueueException extends TransactionRolledBackException {
    private static final long serialVersionUID = 1L;

    DeletedQueueException(String queue) {
        super("Queue " + queue + " was deleted while messages were sent to it.", "BROKER_QUEUE_DELETED");
    }
}
