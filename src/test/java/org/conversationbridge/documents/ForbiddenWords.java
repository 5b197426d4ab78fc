// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that a native engineer would not write, each with what to write instead. A new one is one more line here. */
public final class ForbiddenWords {
    private static final List<Word> WORDS = List.of(
            new Word("tells?|told|telling", "reports, says, shows, sets"),
            new Word("nobody|somebody", "no process, no consumer, someone"),
            new Word("in vain", "failed, without success"),
            new Word("made up for", "caught up on, closed"),
            new Word("be had|is had|are had|not had|was had", "is available, was unavailable"),
            new Word("asked for", "requested, queried"),
            new Word("counts(?! of)", "applies, is used, is treated as"),
            new Word("he|him|his", "they, them, their"),
            new Word("who(?:ever)? joins late", "consumers that start late"),
            new Word("whoever", "a process that, anyone who"),
            new Word("no news", "unchanged, ignored"),
            new Word("less agents", "fewer agents"),
            new Word("comes? again|came again", "is redelivered, is repeated"),
            new Word("by the way", "if another query returns it"),
            new Word("rings? at|rang at", "rings for"),
            new Word("handed out", "delivered, dispatched"),
            new Word("(?:its|the|their|a) begin", "start, beginning"),
            new Word("(?:is|are|was) (?:another|others) than", "differs from"),
            new Word("none of (?:ours|the bridge's)", "foreign, not from the bridge"),
            new Word("mended|mends?", "fixed, repaired, corrected"),
            new Word("ever more seldom", "less and less often"),
            new Word("amid", "during"),
            new Word("makes no sense", "is invalid"));

    /** A pattern of words, and what to write instead. */
    private record Word(Pattern pattern, String instead) {
        private Word(String words, String instead) {
            this(Pattern.compile("(?i)(?<![\\w-])(?:" + words + ")(?![\\w-])"), instead);
        }
    }

    private ForbiddenWords() {}

    /** The findings in a text, each with the words around it. Line breaks are blanks. */
    public static List<String> in(String text) {
        String line = text.replaceAll("\\s+", " ");
        List<String> found = new ArrayList<>();
        for (Word word : WORDS) {
            Matcher matcher = word.pattern().matcher(line);
            while (matcher.find()) {
                found.add("..."
                        + line.substring(Math.max(0, matcher.start() - 40), Math.min(line.length(), matcher.end() + 40))
                        + "... [" + matcher.group() + " -> " + word.instead() + "]");
            }
        }
        return found;
    }

    /** A Markdown text without its code: commands, output and names are what they are. */
    public static String prose(String markdown) {
        return markdown.replaceAll("(?s)```.*?```", " ").replaceAll("`[^`\\n]*(?:\\n[^`\\n]*)?`", " ");
    }
}
