// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A participant of a conversation that is over with the sessions that count. Co-browse, screen share and the like count
 * only if the conversation has nothing else; watching a screen never does.
 */
record Participation(String purpose, Optional<String> userId, List<Session> sessions) {
    private static final Set<String> AGENTS = Set.of("agent", "user");

    /** Of every participant, in the order of the answer. */
    static List<Participation> of(JsonObject conversation) {
        Instant end = conversation.time("conversationEnd");
        List<Participation> all = new ArrayList<>();
        for (JsonObject participant : conversation.objects("participants")) {
            String purpose = participant.text("purpose").orElse("");
            all.add(new Participation(
                    purpose,
                    AGENTS.contains(purpose) ? participant.identifier("userId") : Optional.empty(),
                    participant.objects("sessions").stream()
                            .map(session -> new Session(session, end))
                            .filter(session -> !session.isScreenMonitoring())
                            .toList()));
        }
        boolean hasMain =
                all.stream().flatMap(one -> one.sessions.stream()).anyMatch(session -> !session.isAuxiliary());
        return hasMain ? all.stream().map(Participation::withoutAuxiliary).toList() : all;
    }

    boolean isAgent() {
        return AGENTS.contains(purpose);
    }

    boolean isQueue() {
        return purpose.equals("acd");
    }

    private Participation withoutAuxiliary() {
        return new Participation(
                purpose,
                userId,
                sessions.stream().filter(session -> !session.isAuxiliary()).toList());
    }
}
