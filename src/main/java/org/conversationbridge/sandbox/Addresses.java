// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.util.Locale;
import org.conversationbridge.sandbox.world.Story;

/** Addresses of the sandbox's customers: fictitious numbers, reserved domains. */
final class Addresses {
    static final String CENTRE = "tel:+15555550100";
    static final String PARTNER = "tel:+15555550777";

    private Addresses() {}

    /** The address of the customer in their medium. */
    static String customer(Story story) {
        return switch (story.plan().mediaType()) {
            case "email" -> "customer-" + story.number() + "@example.com";
            case "message", "chat" -> "visitor-" + story.number();
            default -> "tel:" + number(story);
        };
    }

    /** The number at which the customer wants to be called back. */
    static String number(Story story) {
        return String.format(Locale.ROOT, "+1555555%04d", story.number());
    }

    /** What the centre's flow noted about the customer, a participant attribute. */
    static String account(Story story) {
        return String.format(Locale.ROOT, "account-%06d", story.number());
    }
}
