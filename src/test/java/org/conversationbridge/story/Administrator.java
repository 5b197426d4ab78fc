// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.conversationbridge.sandbox.world.Moment;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Work;

/** Looks at a message and says what differs from the story. */
public final class Administrator {
    private final Story story;
    private final Instant at;
    private final String source;
    private final List<String> differences = new ArrayList<>();

    /** @param source of the message, for what is said */
    public Administrator(Story story, Instant at, String source) {
        this.story = story;
        this.at = at;
        this.source = source;
    }

    /** What differs. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** Looks at where the conversation stands. */
    public Administrator looksAt(JsonNode message) {
        Moment moment = story.at(at);
        expect("state", moment.state(), text(message.path("state")));
        expect("agent", moment.agentUserId(), text(message.at("/agent/userId")));
        expect("queue", moment.queueId(), text(message.at("/queue/id")));
        expect("mediaType", moment.mediaType(), text(message.path("mediaType")));
        if (!message.path("direction").isNull()) {
            expect("direction", story.direction(), text(message.path("direction")));
        }
        Set<String> auxiliary = new TreeSet<>();
        message.path("auxiliaryMedia").forEach(medium -> auxiliary.add(medium.asText()));
        if (!auxiliary.equals(moment.auxiliary())) {
            differs("auxiliaryMedia", moment.auxiliary(), auxiliary);
        }
        roles(moment, message);
        String address = text(message.at("/customer/address")).replace("tel:", "");
        boolean isThere = story.parts().stream()
                .anyMatch(part ->
                        part.purpose().equals("customer") && !part.from().isAfter(at));
        expect("customer", isThere ? address() : "", address);
        return this;
    }

    private void roles(Moment moment, JsonNode message) {
        Map<String, String> told = new TreeMap<>();
        message.path("agents")
                .forEach(agent ->
                        told.merge(text(agent.path("userId")), text(agent.path("role")), (a, b) -> a + " and " + b));
        long primaries = told.values().stream().filter("primary"::equals).count();
        if (primaries > 1 || primaries == 1 != message.path("agent").isObject()) {
            differs("primary agents", "one at most", told);
        }
        Map<String, String> expected = new TreeMap<>(moment.roles());
        if (!moment.agentUserId().isEmpty()) {
            expected.put(moment.agentUserId(), "primary");
        }
        Set<String> users = new HashSet<>(told.keySet());
        users.addAll(expected.keySet());
        users.forEach(user -> expect("role of " + user, expected.getOrDefault(user, ""), told.getOrDefault(user, "")));
    }

    private String address() {
        return switch (story.plan().mediaType()) {
            case "email" -> "customer-" + story.number() + "@example.com";
            case "message", "chat" -> "visitor-" + story.number();
            default -> String.format(java.util.Locale.ROOT, "+1555555%04d", story.number());
        };
    }

    /**
     * Looks at how the conversation went.
     *
     * @param over whether it is not opened again later
     */
    public Administrator looksAtCompletion(JsonNode completion, boolean over) {
        expect("outcome", over ? story.outcome() : "handled", text(completion.path("outcome")));
        if (!completion.path("final").asBoolean()) {
            differs("completion", "final", completion.path("reason"));
        }
        if (completion.path("durationMs").asLong(-1) < 0) {
            differs("durationMs", "not negative", completion.path("durationMs"));
        }
        Map<String, JsonNode> told = new TreeMap<>();
        completion.path("agents").forEach(agent -> told.put(text(agent.path("userId")), agent));
        works(told);
        return this;
    }

    /** Looks at what each agent has in their history, by user id. */
    public Administrator looksAtHistory(Map<String, JsonNode> parts) {
        works(parts);
        for (Work work : story.worksBy(at)) {
            JsonNode part = parts.get(work.userId());
            if (part != null) {
                expect("mediaType of " + work.userId(), work.mediaType(), text(part.path("mediaType")));
                expect("direction of " + work.userId(), work.direction(), text(part.path("direction")));
                Instant end = Instant.parse(text(part.path("endedAt")));
                expect("end of " + work.userId(), work.to().toString(), end.toString());
            }
        }
        return this;
    }

    /** No time is counted twice, none is negative, and who handled something did so for as long as they talked. */
    private void measures(String user, JsonNode part) {
        long most = story.presence(user, at).millis();
        for (String field : List.of("talkMs", "heldMs", "acwMs", "handleMs")) {
            between(part, field, 0, most);
        }
        between(part, "handleMs", part.path("talkMs").asLong(), most);
        if (part.path("waitMs").asLong(0) < 0) {
            differs("waitMs", "not negative", part.path("waitMs"));
        }
    }

    private void works(Map<String, JsonNode> told) {
        told.forEach(this::measures);
        Set<String> expected = new TreeSet<>();
        Set<String> possible = new TreeSet<>(told.keySet());
        for (Work work : story.worksBy(at)) {
            expected.add(work.userId());
            JsonNode part = told.get(work.userId());
            if (part == null) {
                continue;
            }
            if (work.answers()) {
                work(work, part);
            } else {
                between(part, "talkMs", 0, work.talkAtMostMs());
            }
        }
        possible.removeIf(String::isEmpty);
        if (!possible.equals(expected) && !isOpen(possible, expected)) {
            differs("who took part", expected, possible);
        }
    }

    /** A supervisor who barged in and left again may count, or not. */
    private boolean isOpen(Set<String> told, Set<String> expected) {
        Set<String> sure = new TreeSet<>(expected);
        story.worksBy(at).stream()
                .filter(work -> !work.answers() && work.to().isBefore(story.end()))
                .forEach(work -> sure.remove(work.userId()));
        return told.containsAll(sure) && expected.containsAll(told);
    }

    private void work(Work work, JsonNode part) {
        String user = " of " + work.userId();
        between(part, "talkMs", work.talkMs(), work.talkAtMostMs());
        between(part, "heldMs", work.heldMs(), work.heldMs());
        between(part, "acwMs", work.acwMs(), work.acwMs());
        between(part, "handleMs", work.handleMs(), work.handleMs());
        expect("queueId" + user, work.queueId(), text(part.path("queueId")));
        expect("wrapUpCode" + user, work.wrapUpCode(), text(part.path("wrapUpCode")));
        String wait = work.waitMs().isPresent() ? String.valueOf(work.waitMs().getAsLong()) : "";
        expect("waitMs" + user, wait, text(part.path("waitMs")));
    }

    private void between(JsonNode part, String field, long least, long most) {
        long told = part.path(field).asLong(-1);
        if (told < least || told > most) {
            differs(field, least == most ? least : least + " to " + most, told);
        }
    }

    private void expect(String what, String expected, String told) {
        if (!expected.equals(told)) {
            differs(what, expected, told);
        }
    }

    private void differs(String what, Object expected, Object told) {
        differences.add(source + " at " + at + ": " + what + " is '" + told + "' instead of '" + expected + "'");
    }

    private static String text(JsonNode value) {
        return value.asText("").equals("null") ? "" : value.asText("");
    }
}
