// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.conversationbridge.broker.QueueInspection;

/** Ready only while every queue on the broker is of its kind. */
public final class QueuesCheck extends AbstractHealthCheck {
    private final QueueInspection queues;

    public QueuesCheck(QueueInspection queues) {
        super("conversation-bridge", "queues");
        this.queues = queues;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<String> problem = queues.problem();
        if (problem.isPresent()) {
            result.message(problem.get()).down();
        } else {
            result.up();
        }
    }
}
