// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/**
 * What a session did for a while.
 *
 * @param type as {@code AnalyticsConversationSegment.segmentType} names it
 * @param queueId the empty text for none, as the wrap-up code
 * @param conference whether three or more talked
 */
public record Segment(String type, Span span, String queueId, String wrapUpCode, boolean conference) {
    /** Whether it is of one of the types. */
    public boolean isOf(String... types) {
        return java.util.List.of(types).contains(type);
    }
}
