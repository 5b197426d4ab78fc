// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent's history as a message reports it.
 *
 * @param conversationCount every finished conversation of the window, also those not listed
 * @param recent the newest, newest first
 * @param averages over the window
 */
public record HistorySummary(
        HistoryStatus status,
        Instant asOf,
        @Nullable Instant from,
        @Nullable Instant to,
        int conversationCount,
        List<FinishedConversation> recent,
        Averages averages) {}
