// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import org.jspecify.annotations.Nullable;

/**
 * What is put on the error queue: the original as the body, the reason as JMS properties.
 *
 * @param errorCode stable name of the failure
 * @param errorStage id of the route in which it failed, such as {@code compare-conversation} or {@code
 *     deliver-conversation}
 * @param errorMessage the failure in a sentence, without customer data
 * @param originalType what {@code original} is
 * @param attempts how often it was tried, replays included
 * @param httpStatus of the answer that caused it; absent if there was none
 * @param firstFailedAt time of the first of all attempts, as a property has it
 * @param original JSON of the conversation as it came, or of the change as it was to be enriched
 */
public record ParkedConversation(
        String errorCode,
        String errorStage,
        String errorMessage,
        OriginalType originalType,
        int attempts,
        @Nullable Integer httpStatus,
        String firstFailedAt,
        @Nullable String conversationId,
        String original) {}
