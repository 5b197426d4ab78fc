// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.privacy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tel:+15555550123} becomes {@code tel:+*******0123}. */
final class Mask {
    /** Characters that stay at the end. */
    private static final int SHOWN = 4;
    /** Of anything shorter, nothing stays: the rest would reveal too much. */
    private static final int SHORTEST = 2 * SHOWN;

    private static final Pattern PARTS = Pattern.compile("((?:tel|sip|sips|mailto):\\+?|\\+?)(.*)", Pattern.DOTALL);

    private Mask() {}

    static String of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("the pattern matches everything");
        }
        int[] rest = parts.group(2).codePoints().toArray();
        int shown = rest.length < SHORTEST ? 0 : SHOWN;
        return parts.group(1) + "*".repeat(rest.length - shown) + new String(rest, rest.length - shown, shown);
    }
}
