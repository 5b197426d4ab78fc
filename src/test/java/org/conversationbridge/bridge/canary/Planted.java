// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The secrets that are planted; the customers are the sandbox's. */
final class Planted {
    static final String CLIENT = "canary-client";
    static final String CLIENT_SECRET = "canary/secret+of&the=\"client\"";
    static final String BROKER_USER = "bridge";
    static final String BROKER_PASSWORD = "canary-password-of-the-broker";
    static final String WRONG_PASSWORD = "canary-password-that-is-wrong";
    static final String URL_PASSWORD = "canary-password-in-a-url";
    static final String HASH_KEY = "canary-key-of-the-hash-of-32-characters";

    private Planted() {}

    static List<Canary> canaries() {
        List<Canary> all = new ArrayList<>(Canary.customers());
        all.add(Canary.token());
        all.add(Canary.secret("client secret", CLIENT, CLIENT_SECRET));
        all.add(Canary.secret("broker password", BROKER_USER, BROKER_PASSWORD));
        all.add(Canary.secret("wrong broker password", BROKER_USER, WRONG_PASSWORD));
        all.add(Canary.secret("password in a URL", BROKER_USER, URL_PASSWORD));
        all.add(Canary.secret("hash key", "", HASH_KEY));
        return all;
    }

    /** One text with every canary in it, in its first form. */
    static String everyCanary() {
        return text(canaries());
    }

    /** The same without secrets. */
    static String everyCustomer() {
        return text(Canary.customers());
    }

    private static String text(List<Canary> canaries) {
        return canaries.stream().map(canary -> canary.examples().get(0)).collect(Collectors.joining(" , "));
    }
}
