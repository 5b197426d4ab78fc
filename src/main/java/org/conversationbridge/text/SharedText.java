// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import com.github.benmanes.caffeine.cache.Interner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words and ids that many records have in common: of agents, queues, divisions, codes, media. A reader makes a text of
 * its own for each place in an answer; of those that are kept for long, one is enough. It goes when no record has it any
 * more. Not for what is different in each record, such as its own id.
 */
public final class SharedText {
    private static final Interner<Object> KNOWN = Interner.newWeakInterner();

    private SharedText() {}

    /** The one of this text. */
    public static String of(String text) {
        return (String) KNOWN.intern(text);
    }

    /** The one of this text; null of none. */
    public static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** The one list of these texts, each of them shared; unmodifiable. */
    public static List<String> of(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        @SuppressWarnings("unchecked")
        List<String> one =
                (List<String>) KNOWN.intern(texts.stream().map(SharedText::of).toList());
        return one;
    }
}
