// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.jspecify.annotations.Nullable;

/**
 * A conversation reported once, for both shapes, and what is to be read from it: {@code src/test/resources/roles}.
 *
 * @param ended second of the conversation's end
 * @param expect what is to be read from the listing, and from analytics unless that says otherwise
 * @param listingOnly whether analytics cannot report the case
 */
record RoleCase(
        String name,
        String direction,
        @Nullable Integer ended,
        List<Part> participants,
        Expected expect,
        @Nullable Expected analytics,
        boolean listingOnly) {

    /**
     * One who takes part.
     *
     * @param media medium to {@link Timeline}; a second one of the same medium has a number after it: {@code voice 2}
     * @param consultedBy the user who asked this one for advice
     * @param transferredAt second at which that user completed the transfer to this one
     * @param barges the user in whose talk this one takes part; the same with the two below
     * @param watches the user whose screen this one watches
     * @param wrapUp {@code required} where the listing says of the after-call work only that it is required
     */
    record Part(
            String purpose,
            @Nullable String user,
            @Nullable String queue,
            Map<String, String> media,
            @Nullable String consultedBy,
            @Nullable Integer transferredAt,
            @Nullable String barges,
            @Nullable String coaches,
            @Nullable String monitors,
            @Nullable String watches,
            @Nullable String wrapUp) {

        static String medium(String name) {
            return name.split(" ")[0];
        }

        Map<String, Timeline> timelines() {
            Map<String, Timeline> timelines = new TreeMap<>();
            media.forEach((medium, steps) -> timelines.put(medium, Timeline.of(steps)));
            return timelines;
        }
    }

    /**
     * What is to be read.
     *
     * @param agents {@code user role rule}, in order
     */
    record Expected(String state, List<String> agents) {}

    RoleCase {
        direction = Objects.requireNonNullElse(direction, "inbound");
    }

    static Stream<RoleCase> all() {
        return Stream.of("transfer", "consult", "conference", "supervisor", "callback", "digital", "outbound", "nobody")
                .map(group -> Fixtures.parse(Fixtures.text("roles/" + group + ".json")))
                .flatMap(cases -> StreamSupport.stream(cases.spliterator(), false))
                .map(RoleCase::of);
    }

    private static RoleCase of(JsonNode told) {
        return Json.mapper().convertValue(told, RoleCase.class);
    }

    /** The id of whoever is the n-th. */
    String participantId(int index) {
        return Fixtures.id(0x100 + index);
    }

    String participantId(String user) {
        for (int i = 0; i < participants.size(); i++) {
            if (user.equals(participants.get(i).user())) {
                return participantId(i);
            }
        }
        throw new IllegalArgumentException(name + ": nobody is " + user);
    }

    @Override
    public String toString() {
        return name;
    }
}
