// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The conversations that cannot be read, and were reported: parked, or logged. Every poll returns them again; each is
 * reported once per fault. What is kept of each is a fingerprint of what is stable: who it is and which field is
 * wrong, not where in a list it stands. Safe for many threads.
 */
public final class UnreadableConversations {
    private static final Duration REMEMBERED = Duration.ofDays(1);
    /** More than there are conversations in the largest organizations; some 20 MB. */
    private static final int MOST = 200_000;

    private static final Pattern PLACE = Pattern.compile("\\[\\d+\\]");

    private final Cache<UUID, Boolean> told;

    public UnreadableConversations(Clock clock) {
        Ticker ticker = () -> Duration.ofMillis(clock.millis()).toNanos();
        this.told = Caffeine.newBuilder()
                .expireAfterAccess(REMEMBERED)
                .maximumSize(MOST)
                .ticker(ticker)
                .build();
    }

    /** Whether this fault of this conversation was reported already. */
    public boolean isTold(MalformedConversationException failure) {
        return told.getIfPresent(key(String.valueOf(failure.getMessage()))) != null;
    }

    /** It is reported now. */
    public void told(MalformedConversationException failure) {
        told(String.valueOf(failure.getMessage()));
    }

    /** A failure of that message was reported, perhaps by another process. */
    public void told(String message) {
        told.put(key(message), true);
    }

    /** The message names conversation and field. */
    private static UUID key(String message) {
        return UUID.nameUUIDFromBytes(PLACE.matcher(message).replaceAll("[]").getBytes(StandardCharsets.UTF_8));
    }
}
