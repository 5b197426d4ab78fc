// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;

/**
 * The conversations that cannot be read, and were told of: parked, or logged. They come again with every poll; each is told
 * once per fault.
 */
public final class UnreadableConversations {
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int MOST = 10_000;

    private final Cache<String, Boolean> told;

    public UnreadableConversations(Clock clock) {
        Ticker ticker = () -> Duration.ofMillis(clock.millis()).toNanos();
        this.told = Caffeine.newBuilder()
                .expireAfterAccess(REMEMBERED)
                .maximumSize(MOST)
                .ticker(ticker)
                .build();
    }

    /** Whether this fault of this conversation was told already. */
    public boolean isTold(MalformedConversationException failure) {
        return told.getIfPresent(key(failure)) != null;
    }

    /** It is told now. */
    public void told(MalformedConversationException failure) {
        told.put(key(failure), true);
    }

    /** The message names conversation and field. */
    private static String key(MalformedConversationException failure) {
        return String.valueOf(failure.getMessage());
    }
}
