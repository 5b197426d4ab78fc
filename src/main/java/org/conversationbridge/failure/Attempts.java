// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often a conversation was tried.
 *
 * @param count the present attempt is one of them; those before a replay count too
 * @param firstFailedAt when an attempt before the present one failed first; absent where none did
 */
public record Attempts(int count, @Nullable Instant firstFailedAt) {
    /** Nothing has failed yet. */
    public static final Attempts FIRST = new Attempts(1, null);
}
