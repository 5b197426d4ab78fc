// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the sandbox answers, and how it reaches the caller.
 *
 * @param pause before the first byte
 */
public record SandboxAnswer(int status, Map<String, String> headers, String body, Delivery delivery, Duration pause) {

    /** How an answer reaches the caller. */
    public enum Delivery {
        /** Whole. */
        WHOLE,
        /** Half of the body, then the connection breaks. */
        CUT_OFF,
        /** Not at all: the connection breaks. */
        NOT_AT_ALL,
        /** The body, and then blanks without an end. */
        ENDLESS,
        /** Byte by byte, each a moment after the one before. */
        DRIPPING,
        /** Compressed: the body and so many blanks that they fill the memory of a client that keeps them. */
        GZIP_BOMB
    }

    public SandboxAnswer {
        headers = Map.copyOf(headers);
    }

    /** A JSON answer. */
    public static SandboxAnswer json(int status, String body) {
        return new SandboxAnswer(
                status, Map.of("Content-Type", "application/json"), body, Delivery.WHOLE, Duration.ZERO);
    }

    /** The same with another status and body. */
    public SandboxAnswer with(int newStatus, String newBody) {
        return new SandboxAnswer(newStatus, headers, newBody, delivery, pause);
    }

    /** The same with one more header. */
    public SandboxAnswer withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SandboxAnswer(status, more, body, delivery, pause);
    }

    /** The same, reaching the caller in another way. */
    public SandboxAnswer delivered(Delivery how) {
        return new SandboxAnswer(status, headers, body, how, pause);
    }

    /** The same after a pause. */
    public SandboxAnswer after(Duration newPause) {
        return new SandboxAnswer(status, headers, body, delivery, newPause);
    }
}
