// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;

/**
 * What one answer of Genesys Cloud may cost.
 *
 * @param bytes most bytes of a body, after decompression
 * @param time longest time from the request to the last byte of the answer
 */
public record AnswerLimits(long bytes, Duration time) {
    private static final long KIB = 1L << 10;
    private static final long GIB = 1L << 30;

    static AnswerLimits from(Values values) {
        return new AnswerLimits(
                values.size("genesys.max-answer-size", KIB, GIB),
                values.duration("genesys.answer-timeout", Duration.ofMillis(1), Duration.ofHours(1)));
    }
}
