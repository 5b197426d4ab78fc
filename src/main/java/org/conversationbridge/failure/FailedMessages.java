// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * How often a message failed for a reason in itself. After {@value #MOST_ATTEMPTS} such failures it is given up, so
 * that it does not stop the others. In memory: after a restart each has its attempts once more. Safe for many threads.
 */
public final class FailedMessages {
    /** Failures after which a message is given up. */
    public static final int MOST_ATTEMPTS = 5;

    private static final int MOST = 10_000;

    private record Failures(int count, String reason) {}

    private final Cache<String, Failures> failures =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** It failed. */
    public void failed(String messageId, String reason) {
        failures.asMap()
                .merge(messageId, new Failures(1, reason), (last, now) -> new Failures(last.count() + 1, reason));
    }

    /** @throws GivenUpException when it failed too often */
    public void check(String messageId) {
        Failures failed = failures.getIfPresent(messageId);
        if (failed != null && failed.count() >= MOST_ATTEMPTS) {
            throw new GivenUpException(failed.count(), failed.reason());
        }
    }
}
