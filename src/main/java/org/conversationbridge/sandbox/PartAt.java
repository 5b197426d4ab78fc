// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.sandbox.world.Part;
import org.conversationbridge.sandbox.world.Segment;

/**
 * What a participant has done by an instant.
 *
 * @param goneBeforeWrapUp whether after-call work is done after the participant's end
 */
record PartAt(Part part, Instant now, boolean goneBeforeWrapUp) {
    private static final Set<String> BEFORE = Set.of("alert", "contacting", "dialing", "scheduled", "wrapup");

    /** Whether the participant is in the talk in such a segment. */
    static boolean isConnected(Segment segment) {
        return !BEFORE.contains(segment.type());
    }

    Optional<Instant> connected() {
        return begun().filter(PartAt::isConnected)
                .map(segment -> segment.span().from())
                .min(Comparator.naturalOrder());
    }

    /** When the participant left; empty while a session goes on. */
    Optional<Instant> left() {
        List<Segment> counted = begun().filter(segment -> !goneBeforeWrapUp || !segment.isOf("wrapup"))
                .toList();
        boolean over = counted.stream().allMatch(segment -> segment.span().isOver(now));
        return over
                ? counted.stream().map(segment -> segment.span().to()).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    Optional<Segment> wrapUp() {
        return begun().filter(segment -> segment.isOf("wrapup")).findFirst();
    }

    private Stream<Segment> begun() {
        return part.sessions().stream()
                .flatMap(session -> session.segments().stream())
                .filter(segment -> segment.span().hasBegun(now));
    }
}
