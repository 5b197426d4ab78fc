// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;

/**
 * The conversations that were parked because they cannot be read. They come again with every poll while they are active;
 * each is parked once per fault.
 */
public final class UnreadableConversations {
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int MOST = 10_000;

    private final Cache<String, Boolean> parked;

    public UnreadableConversations(Clock clock) {
        Ticker ticker = () -> Duration.ofMillis(clock.millis()).toNanos();
        this.parked = Caffeine.newBuilder()
                .expireAfterAccess(REMEMBERED)
                .maximumSize(MOST)
                .ticker(ticker)
                .build();
    }

    /** Whether this fault of this conversation is on the error queue already. */
    public boolean isParked(MalformedConversationException failure) {
        return parked.getIfPresent(key(failure)) != null;
    }

    /** It is on the error queue now. */
    public void parked(MalformedConversationException failure) {
        parked.put(key(failure), true);
    }

    /** The message names conversation and field. */
    private static String key(MalformedConversationException failure) {
        return String.valueOf(failure.getMessage());
    }
}
