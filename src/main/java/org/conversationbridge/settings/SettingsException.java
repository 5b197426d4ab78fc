// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.List;

/**
 * The configuration cannot be used. Carries every problem found, one line each, in the words of the administrator who
 * has to fix it: where the value stands, what is wrong, what is allowed. The program exits with code 2.
 */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public SettingsException(String problem) {
        this(List.of(problem));
    }

    /** The problems, one sentence each, in the order found. */
    public List<String> problems() {
        return problems;
    }
}
