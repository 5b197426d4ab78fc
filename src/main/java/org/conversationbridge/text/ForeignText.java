// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text of a JSON document that another system wrote. It is data: nothing here or elsewhere evaluates it. Not every
 * text is fit for every place: a log line must stay one line, a terminal must not be made to move its cursor or to
 * write from right to left, half a surrogate pair has no form in UTF-8.
 */
public final class ForeignText {
    /** Longest text that serves as an identifier. Those of Genesys Cloud have 36 characters. */
    public static final int LONGEST_IDENTIFIER = 200;

    /**
     * Control, format (bidirectional marks among them), unassigned and private characters, lone surrogates, line ends.
     */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    /** A pattern sees pairs as one character, so that this finds the lone ones. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private ForeignText() {}

    /**
     * What keeps a text from being an identifier, which goes into JMS properties, query bodies and log lines as it is;
     * without the text.
     */
    public static Optional<String> identifierProblem(String text) {
        if (text.length() > LONGEST_IDENTIFIER) {
            return Optional.of("is longer than " + LONGEST_IDENTIFIER + " characters");
        }
        return isPlain(text) || !NOT_PRINTABLE.matcher(text).find()
                ? Optional.empty()
                : Optional.of("holds a character that cannot be printed");
    }

    /** Of ASCII characters that can be printed, as nearly every identifier: a loop sees it sooner than a pattern. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The same text with U+FFFD for each half of a surrogate pair that is alone: it can be written as UTF-8. */
    public static String wellFormed(String text) {
        return hasSurrogates(text) ? LONE_SURROGATE.matcher(text).replaceAll("\uFFFD") : text;
    }

    /** Every text of every answer comes by here: a loop takes a part of the time of a stream. */
    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * One line that is safe to print: what cannot be printed is a question mark, what is too long ends in three dots.
     */
    public static String printable(String text, int longest) {
        String head = text.length() > longest ? text.substring(0, longest) + "..." : text;
        return NOT_PRINTABLE.matcher(head).replaceAll("?");
    }

    /** A sentence of several lines in one, safe to print and cut as {@link #printable}. */
    public static String oneLine(String text, int longest) {
        return printable(SPACES.matcher(text).replaceAll(" ").strip(), longest);
    }

    /** The same JSON, with an escape for each character that cannot be printed. */
    public static String printableJson(String json) {
        return NOT_PRINTABLE.matcher(json).replaceAll(found -> escape(found.group()));
    }

    private static String escape(String character) {
        StringBuilder escape = new StringBuilder();
        character.chars().forEach(unit -> escape.append(String.format(Locale.ROOT, "\\\\u%04x", unit)));
        return escape.toString();
    }
}
