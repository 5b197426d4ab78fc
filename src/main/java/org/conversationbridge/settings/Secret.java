// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

/** A value that no log, message or stack trace may show: {@link #toString()} says nothing about it. */
public final class Secret {
    private static final String HIDDEN = "(hidden)";

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, for the one place that sends it. */
    public String reveal() {
        return value;
    }

    /** Whether there is no value at all. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** A text of others, without this value in it. */
    public String hideIn(String text) {
        return isEmpty() ? text : text.replace(value, HIDDEN);
    }

    @Override
    public String toString() {
        return isEmpty() ? "(not set)" : HIDDEN;
    }
}
