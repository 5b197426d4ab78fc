// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.conversationbridge.broker.BrokerProbe;

/** Ready only while the broker can be reached and takes messages. */
public final class BrokerCheck extends AbstractHealthCheck {
    private final BrokerProbe probe;

    public BrokerCheck(BrokerProbe probe) {
        super("conversation-bridge", "broker");
        this.probe = probe;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<String> problem = probe.problem();
        if (problem.isPresent()) {
            result.message(problem.get()).down();
        } else {
            result.up();
        }
    }
}
