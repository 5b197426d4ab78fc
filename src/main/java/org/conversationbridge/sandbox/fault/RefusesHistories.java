// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import org.conversationbridge.sandbox.SandboxAnswer;

/** Refuses a share of the questions about what agents did: 403 for a missing permission, or a 5xx. */
public final class RefusesHistories extends SpoilsHistories {
    private final int status;

    /** @param status for example 403 or 503 */
    public RefusesHistories(int percent, int status, long seed) {
        super(percent, seed);
        this.status = status;
    }

    @Override
    SandboxAnswer instead() {
        return status == 403
                ? Refusal.of(
                        status,
                        "missing.any.permissions",
                        "Unable to perform the requested action. You must have at least one of the following"
                                + " permissions assigned: [analytics:conversationDetail:view]")
                : Refusal.of(status, "service.unavailable", "The service is not available.");
    }
}
