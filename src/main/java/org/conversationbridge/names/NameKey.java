// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.names;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whose name it is. */
public record NameKey(NameKind kind, String id) {
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /**
     * Empty where there is nothing to look up: what is no UUID is a system's own word, ININ-WRAP-UP-TIMEOUT for one.
     */
    public static Optional<NameKey> of(NameKind kind, String id) {
        return Optional.of(id).filter(text -> UUID.matcher(text).matches()).map(text -> new NameKey(kind, text));
    }

    /** As messages list it: {@code queue:<id>}. */
    @Override
    public String toString() {
        return kind.label() + ":" + id;
    }
}
