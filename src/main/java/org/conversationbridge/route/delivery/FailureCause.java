// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.failure.ForeignMessageException;
import org.conversationbridge.failure.GivenUpException;

/**
 * Whether a failure says something about the message in work, or about the broker, the process, or what is beyond them.
 */
final class FailureCause {
    private FailureCause() {}

    /** Whether it certainly lies in the message: it would fail again. */
    static boolean isInMessage(Throwable failure) {
        return ExceptionUtils.indexOfType(failure, GivenUpException.class) >= 0
                || ExceptionUtils.indexOfType(failure, ForeignMessageException.class) >= 0
                || ExceptionUtils.indexOfType(failure, com.fasterxml.jackson.core.JsonProcessingException.class) >= 0
                || BrokerException.in(failure)
                        .filter(BrokerException::isOfMessage)
                        .isPresent();
    }

    /** Whether it may lie in the message: neither the broker nor the end of the process is known to be the reason. */
    static boolean mayBeInMessage(Throwable failure) {
        Optional<BrokerException> broker = BrokerException.in(failure);
        return broker.map(BrokerException::isOfMessage)
                .orElse(ExceptionUtils.indexOfType(failure, InterruptedException.class) < 0
                        && ExceptionUtils.indexOfType(failure, RejectedExecutionException.class) < 0);
    }
}
