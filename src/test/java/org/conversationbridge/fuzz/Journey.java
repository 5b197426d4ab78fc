// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerCheck;
import org.conversationbridge.genesys.failure.GenesysException;
import org.conversationbridge.genesys.query.ActiveConversations;
import org.conversationbridge.genesys.query.ActiveConversationsWalk;
import org.conversationbridge.genesys.query.HistoryWalk;
import org.conversationbridge.genesys.query.HistoryWalks;
import org.conversationbridge.genesys.query.LookBack;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.PollSource;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.conversationbridge.text.ForeignText;

/**
 * The way of one answer from its bytes to messages or to the error queue, through the code of the connector, without
 * Camel and the broker. What it ends as is its outcome; anything thrown out of it is a failure. The same bytes take the
 * same way.
 */
final class Journey {
    private static final Duration FOLLOW_UP = Duration.ofMinutes(1);
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
    private static final GenesysRequest ASKED =
            new GenesysRequest("a test", "POST", "/api/v2/analytics/x", "", "{\"interval\":\"\"}");
    private static final Set<String> UNREADABLE = Set.of("GENESYS_UNAVAILABLE", "GENESYS_ANSWER_UNREADABLE");
    private static final Set<String> REFUSED = Set.of(
            "GENESYS_ACCESS_DENIED",
            "GENESYS_ANSWER_TOO_LARGE",
            "GENESYS_INTERVAL_TOO_LONG",
            "GENESYS_RATE_LIMITED",
            "GENESYS_REQUEST_REFUSED",
            "GENESYS_TOKEN_REJECTED",
            "GENESYS_TOO_MANY_RESULTS",
            "GENESYS_UNAVAILABLE",
            "GENESYS_USER_CONTEXT_REQUIRED");
    private static final int[] REFUSALS = {302, 400, 401, 403, 404, 408, 413, 429, 500, 503};
    private static final int LONGEST_LINE = 2_000;
    private static final List<Map<String, String>> PRIVACY = List.of(
            Map.of("privacy.attributes", "tier,language"), treatment("mask"), treatment("hash"), treatment("drop"));

    private final ObjectMapper json = Json.mapper();
    private final AnswerCheck check =
            new AnswerCheck(URI.create("https://api.mypurecloud.com"), Duration.ofSeconds(20), NOW);
    private final List<Settings> settings =
            PRIVACY.stream().map(Journey::settings).toList();
    private final List<Privacy> privacy =
            settings.stream().map(one -> new Privacy(one.privacy())).toList();
    private final MessageCheck messages = new MessageCheck(settings.get(0).delivery(), NOW);

    /** What the answer ends as: with each field that was refused and each kind of message, once. */
    String outcome(Input input) {
        TreeSet<String> ends = new TreeSet<>();
        Privacy applied = privacy.get(Math.floorMod(Arrays.hashCode(input.body()), privacy.size()));
        try {
            if (input.source() == Source.REFUSAL) {
                refused(input.body());
            }
            JsonNode answer = read(input.body());
            switch (input.source()) {
                case ANALYTICS -> active(answer, PollSource.ANALYTICS, Dialect.PLATFORM, applied, ends);
                case LISTING -> active(answer, PollSource.CONVERSATIONS, Dialect.PLATFORM, applied, ends);
                case TUTORIAL -> active(answer, PollSource.AUTO, Dialect.TUTORIAL, applied, ends);
                case HISTORY -> history(answer, Dialect.PLATFORM, ends);
                case TUTORIAL_HISTORY -> history(answer, Dialect.TUTORIAL, ends);
                case REFUSAL -> throw new AssertionError("a refusal was accepted");
            }
        } catch (GenesysException e) {
            assertThat(input.source() == Source.REFUSAL ? REFUSED : UNREADABLE).contains(e.code());
            assertPrintable(e);
            ends.add(e.code() + " " + e.httpStatus());
        }
        return input.source() + " " + ends;
    }

    /** As the unmarshal of the route and its doCatch do. */
    private JsonNode read(byte[] body) {
        try {
            return json.readValue(body, JsonNode.class);
        } catch (IOException e) {
            throw check.unreachable(ASKED, e);
        }
    }

    /** With the same text in the headers that are looked at. */
    private void refused(byte[] body) {
        int status = REFUSALS[Math.floorMod(Arrays.hashCode(body), REFUSALS.length)];
        String text = new String(body, StandardCharsets.UTF_8);
        check.check(
                ASKED,
                new GenesysAnswer(
                        status,
                        new GenesysAnswer.Headers(Map.of("Retry-After", text, "ININ-Correlation-Id", text)),
                        text));
    }

    private void active(JsonNode answer, PollSource source, Dialect dialect, Privacy applied, TreeSet<String> ends) {
        Settings set = settings.get(0);
        ActiveConversations active = new ActiveConversations(
                asked(set.poll(), source, dialect),
                dialect,
                new LookBack(set.history().maxInterval()),
                NOW);
        ActiveConversationsWalk poll = active.poll();
        List<ConversationChange> changes = new ArrayList<>();
        for (JsonNode entity : poll.accept(answer)) {
            try {
                poll.read(entity)
                        .map(applied::apply)
                        .ifPresentOrElse(
                                read -> changes.add(ConversationChange.started(read, NOW.instant(), Observed.LIVE)),
                                () -> ends.add("left out"));
            } catch (MalformedConversationException e) {
                assertPrintable(e);
                ends.add(problem(e));
                replay(active, assertPrintableJson(applied.original(entity)));
            }
        }
        if (poll.hasNext()) {
            assertQuery(poll.next(), List.of());
        }
        for (ChangePage page : ChangePage.pages("fuzz", changes, set.poll().changesPerPage(), 16)) {
            assertThat(reread(page, ChangePage.class)).isEqualTo(page);
            HistoryWalk lookup = lookups(set, dialect).begin(page.agentUserIds());
            if (lookup.hasNext()) {
                assertQuery(lookup.next(), dialect == Dialect.PLATFORM ? page.agentUserIds() : List.of());
            }
            for (ConversationChange change : page.changes()) {
                assertPrintableJson(write(change));
                assertNoNews(change);
                ends.add(messages.check(change, AgentHistory.none(NOW.instant())));
            }
        }
    }

    private void history(JsonNode answer, Dialect dialect, TreeSet<String> ends) {
        List<String> agents = List.of(Fixtures.AGENT_BLUE, Fixtures.AGENT_GREEN, Fixtures.AGENT_RED);
        HistoryWalk lookup = lookups(settings.get(0), dialect).begin(agents);
        lookup.next();
        lookup.accept(answer);
        if (lookup.hasNext()) {
            assertQuery(lookup.next(), dialect == Dialect.PLATFORM ? agents : List.of());
        }
        Map<String, AgentHistory> histories = lookup.histories();
        assertThat(histories.keySet()).containsExactlyInAnyOrderElementsOf(agents);
        histories.forEach((agent, history) ->
                ends.add(messages.check(Changes.connected(Fixtures.id(1), agent, NOW.instant()), history)));
    }

    /** What is parked is read again, once it has been printed, sent and parsed; or is refused as it was. */
    private static void replay(ActiveConversations active, String parked) {
        if (!parked.isEmpty()) {
            try {
                active.read(Fixtures.parse(parked));
            } catch (MalformedConversationException e) {
                assertPrintable(e);
            }
        }
    }

    /** Found once more it is no change, also where the checkpoint was written and read since. */
    private void assertNoNews(ConversationChange change) {
        Announced announced = Announced.of(change, FOLLOW_UP);
        assertThat(reread(announced, Announced.class)).isEqualTo(announced);
        assertThat(announced.changeTo(change.conversation(), NOW.instant())).isEmpty();
    }

    /** It is JSON and asks for these agents, in their words. */
    private static void assertQuery(GenesysRequest request, List<String> userIds) {
        if (request.method().equals("POST")) {
            JsonNode query = Fixtures.parse(request.body());
            assertThat(query.isObject()).isTrue();
            assertThat(query.path("segmentFilters").findValuesAsText("value")).isEqualTo(userIds);
        }
    }

    private <T> T reread(T content, Class<T> type) {
        try {
            return json.readValue(write(content).getBytes(StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(Object content) {
        try {
            return json.writeValueAsString(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the error queue keeps it: nothing that could steer a terminal, and the same JSON. */
    private static String assertPrintableJson(String original) {
        String printable = ForeignText.printableJson(original);
        assertThat(ForeignText.printable(printable, Integer.MAX_VALUE).equals(printable))
                .isTrue();
        if (!original.isEmpty()) {
            assertThat(Fixtures.parse(printable).equals(Fixtures.parse(original)))
                    .isTrue();
        }
        return printable;
    }

    /** It becomes a log line and a JMS property. */
    private static void assertPrintable(BridgeException e) {
        String message = String.valueOf(e.getMessage());
        assertThat(message).isEqualTo(ForeignText.printable(message, LONGEST_LINE));
    }

    /** The failure without what differs from conversation to conversation. */
    private static String problem(MalformedConversationException e) {
        return e.code() + " "
                + String.valueOf(e.getMessage())
                        .replaceAll(".* cannot be read: field ", "")
                        .replaceAll("\\[\\d+]", "[]");
    }

    private static PollSettings asked(PollSettings poll, PollSource source, Dialect dialect) {
        return new PollSettings(
                source,
                dialect == Dialect.TUTORIAL ? poll.mediaTypes() : List.of(),
                poll.lookback(),
                poll.pageSize(),
                poll.changesPerPage(),
                poll.partitions(),
                poll.remembered());
    }

    private static HistoryWalks lookups(Settings set, Dialect dialect) {
        return new HistoryWalks(
                set.history(), set.poll(), dialect, new LookBack(set.history().maxInterval()), NOW);
    }

    private static Map<String, String> treatment(String treatment) {
        return Map.of(
                "privacy.customer.address", treatment,
                "privacy.customer.external-contact-id", treatment,
                "privacy.agent.name", treatment,
                "privacy.original", "drop",
                "privacy.hash-key", "0123456789abcdef0123456789abcdef");
    }

    private static Settings settings(Map<String, String> privacy) {
        Map<String, String> all = new HashMap<>(privacy);
        all.put("genesys.client-id", "sandbox");
        all.put("genesys.client-secret", "sandbox-secret");
        all.put("poll.media-types", "voice");
        return new SettingsReader(Map.of()).read(Path.of("config"), ShippedRoutes.placeholders(), all);
    }
}
