// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as administrators write them: {@code 500KB}, {@code 20MB}, {@code 1GB}; 1 KB is 1,024 bytes. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)");

    private Sizes() {}

    /**
     * Reads a size, in bytes.
     *
     * @throws IllegalArgumentException with the accepted forms, when the text is none of them
     */
    static long parse(String text) {
        Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write for example 500KB, 20MB or 1GB");
        }
        long amount = Long.parseLong(size.group(1));
        return switch (size.group(2)) {
            case "B" -> amount;
            case "KB" -> amount << 10;
            case "MB" -> amount << 20;
            default -> amount << 30;
        };
    }
}
