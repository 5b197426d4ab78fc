// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.conversationbridge.broker.ResultBacklog;

/** Ready only while there is room for results. */
public final class BacklogCheck extends AbstractHealthCheck {
    private final ResultBacklog backlog;

    public BacklogCheck(ResultBacklog backlog) {
        super("conversation-bridge", "backlog");
        this.backlog = backlog;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<String> problem = backlog.problem();
        if (problem.isPresent()) {
            result.message(problem.get()).down();
        } else {
            result.up();
        }
    }
}
