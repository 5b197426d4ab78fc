// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.conversationbridge.broker.ListenerWatch;

/** Ready only while every consumer of this process is there. */
public final class ListenerCheck extends AbstractHealthCheck {
    private final ListenerWatch watch;

    public ListenerCheck(ListenerWatch watch) {
        super("conversation-bridge", "listeners");
        this.watch = watch;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<String> missing = watch.missing();
        if (missing.isPresent()) {
            result.message("consumers missing: " + missing.get()
                            + "; they were closed on the broker and are recreated automatically.")
                    .down();
        } else {
            result.up();
        }
    }
}
