// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Arithmetic means over the window, in whole milliseconds; absent if there is nothing to average. */
public record Averages(
        @Nullable Long talkMs,
        @Nullable Long heldMs,
        @Nullable Long acwMs,
        @Nullable Long handleMs) {

    static Averages of(List<FinishedConversation> conversations) {
        return new Averages(
                mean(conversations, FinishedConversation::talkMs),
                mean(conversations, FinishedConversation::heldMs),
                mean(conversations, FinishedConversation::acwMs),
                mean(conversations, FinishedConversation::handleMs));
    }

    private static @Nullable Long mean(
            List<FinishedConversation> conversations, Function<FinishedConversation, @Nullable Long> duration) {
        OptionalDouble mean = conversations.stream()
                .map(duration)
                .filter(Objects::nonNull)
                .mapToDouble(Long::doubleValue)
                .average();
        return mean.isPresent() ? Math.round(mean.getAsDouble()) : null;
    }
}
