// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What one agent did in a conversation.
 *
 * @param queueId from which they answered last; the empty text for none, as the wrap-up code
 * @param talkMs what the customer heard of them
 * @param talkAtMostMs with a second leg beside, such as the talk with the one who was asked
 * @param handleMs talk, hold and after-call work, and dialling and contacting
 * @param waitMs what the customer waited for this agent, if it is measured
 * @param answers whether the metrics of the Platform API are there at all; a supervisor who barged in has others
 */
public record Work(
        String userId,
        String queueId,
        String wrapUpCode,
        String mediaType,
        String direction,
        long talkMs,
        long talkAtMostMs,
        long heldMs,
        long acwMs,
        long handleMs,
        OptionalLong waitMs,
        boolean answers,
        Instant from,
        Instant to) {}
