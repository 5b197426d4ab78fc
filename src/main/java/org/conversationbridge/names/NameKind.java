// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.names;

/** What has a name beside its id. */
public enum NameKind {
    QUEUE("queue"),
    USER("user"),
    WRAP_UP_CODE("wrapUpCode");

    private final String label;

    NameKind(String label) {
        this.label = label;
    }

    /** As messages and the log write it. */
    public String label() {
        return label;
    }
}
