// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.util.List;
import java.util.Map;

/**
 * One medium of one participant.
 *
 * @param direction inbound or outbound
 * @param segments in order, without a gap if it goes on
 * @param marks whom it supervises: {@code monitoredParticipantId} and the like, as the Platform API names them
 */
public record Session(
        String id,
        String mediaType,
        String direction,
        List<Segment> segments,
        List<Metric> metrics,
        Map<String, String> marks) {

    public Session {
        segments = List.copyOf(segments);
        metrics = List.copyOf(metrics);
        marks = Map.copyOf(marks);
    }
}
