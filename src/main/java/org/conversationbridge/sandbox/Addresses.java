// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import org.conversationbridge.sandbox.world.Script;

/** Addresses of the sandbox's customers: fictitious numbers, reserved domains. */
final class Addresses {
    static final String CENTRE = "tel:+15555550100";

    private Addresses() {}

    /** The address of the customer in his medium. */
    static String customer(Script script) {
        return switch (script.mediaType()) {
            case "email" -> "customer-" + script.number() + "@example.com";
            case "message", "chat" -> "visitor-" + script.number();
            default -> String.format(java.util.Locale.ROOT, "tel:+1555555%04d", script.number());
        };
    }

    /** What the centre's flow noted about the customer, a participant attribute. */
    static String account(Script script) {
        return String.format(java.util.Locale.ROOT, "account-%06d", script.number());
    }
}
