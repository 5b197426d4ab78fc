// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.conversationbridge.poll.Vanished;

/** Ready only while what is live can be seen. */
public final class VanishedCheck extends AbstractHealthCheck {
    private final Vanished vanished;

    public VanishedCheck(Vanished vanished) {
        super("conversation-bridge", "vanished");
        this.vanished = vanished;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<String> problem = vanished.problem();
        if (problem.isPresent()) {
            result.message(problem.get()).down();
        } else {
            result.up();
        }
    }
}
