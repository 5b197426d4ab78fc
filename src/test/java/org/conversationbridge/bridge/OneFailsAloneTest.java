// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.TextMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.conversationbridge.route.delivery.Delivery;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.sandbox.SandboxSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that fails for one conversation, wherever in the routes it stands, parks that one and no other. */
class OneFailsAloneTest {
    private static final String EXPRESSION = "${variable.change.conversation.queue?.id}";

    /** A file, the step before which an administrator adds one, and whether the result is sent before it. */
    private record Place(String name, String file, String step, boolean isAfterResult) {}

    private static final List<Place> PLACES = List.of(
            new Place("at-start", "35-deliver-conversation", "enrich-with-agent-history", false),
            new Place("in-properties", "35-deliver-conversation", "set-jms-properties", false),
            new Place("in-cloud-event", "36-wrap-in-cloud-event", "when-cloud-event-in-properties", false),
            new Place("in-result", "37-deliver-message", "deliver", false),
            new Place("in-current", "38-replace-current", "remove-message-group", true),
            new Place("at-end", "35-deliver-conversation", "when-history-is-missing", true));

    @TempDir
    private Path folder;

    private final Instant now = Instant.now();

    @Test
    void the_others_of_its_page_are_delivered_wherever_it_fails() throws Exception {
        List<String> failing = PLACES.stream().map(Place::name).toList();
        List<ConversationChange> changes = new ArrayList<>();
        PLACES.forEach(place -> {
            changes.add(change("fails-" + place.name(), place.name(), null));
            changes.add(change("well-" + place.name(), place.name(), new QueueRef("queue", null)));
        });
        changes.add(change("bare", null, null));
        changes.add(change("last-fails", "at-start", null));
        try (TestBridge test = start();
                LogCapture log = LogCapture.of(Delivery.class)) {
            send(test, "test", changes);

            List<TextMessage> parked = test.receive(test.settings().queues().error(), PLACES.size() + 1);
            assertThat(ids(parked))
                    .containsExactlyElementsOf(
                            Stream.concat(failing.stream().map(name -> "fails-" + name), Stream.of("last-fails"))
                                    .toList());
            for (int i = 0; i < PLACES.size(); i++) {
                Place place = PLACES.get(i);
                assertThat(parked.get(i).getStringProperty("errorCode")).isEqualTo("UNEXPECTED");
                assertThat(parked.get(i).getStringProperty("originalType")).isEqualTo("change");
                assertThat(parked.get(i).getStringProperty("errorMessage"))
                        .contains(".camel.yaml line ", "conversation.queue?.id", "Write '?' before each name")
                        .contains(place.isAfterResult() ? "was sent to the result queue" : "");
            }
            List<String> results = Stream.concat(
                            PLACES.stream()
                                    .flatMap(place -> place.isAfterResult()
                                            ? Stream.of("fails-" + place.name(), "well-" + place.name())
                                            : Stream.of("well-" + place.name())),
                            Stream.of("bare"))
                    .toList();
            assertThat(ids(test.results(results.size()))).containsExactlyElementsOf(results);
            test.awaitDelivered();
            assertThat(log.text()).doesNotContain("rolled back");

            send(test, ChangePage.REPLAYED, List.of(changes.get(0), changes.get(1)));
            assertThat(ids(test.receive(test.settings().queues().error(), 1))).containsExactly("fails-at-start");
            assertThat(ids(test.results(1))).containsExactly("well-at-start");

            send(test, ChangePage.RESTATED, List.of(changes.get(0), changes.get(1)));
            await().until(() -> log.text().contains("current queue still lacks conversationId=fails-at-start"));
            test.awaitDelivered();
            assertThat(test.depth(test.settings().queues().error())).isZero();
            assertThat(test.depth(test.settings().queues().enriched())).isZero();
        }
    }

    private static List<String> ids(List<TextMessage> messages) throws Exception {
        List<String> ids = new ArrayList<>();
        for (TextMessage message : messages) {
            ids.add(message.getStringProperty("conversationId"));
        }
        return ids;
    }

    private void send(TestBridge test, String kind, List<ConversationChange> changes) throws Exception {
        test.send(test.settings().queues().pages(), Json.mapper().writeValueAsString(new ChangePage(kind, 0, changes)));
    }

    private ConversationChange change(String id, @Nullable String direction, @Nullable QueueRef queue) {
        return new ConversationChange(
                "conversation.started",
                1,
                now,
                new Conversation(
                        id,
                        "voice",
                        direction,
                        State.QUEUED,
                        null,
                        null,
                        queue,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        null));
    }

    private TestBridge start() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        for (Path file : RouteFiles.in(Path.of("routes"))) {
            Files.copy(file, routes.resolve(file.getFileName()));
        }
        for (Place place : PLACES) {
            Path file = routes.resolve(place.file() + ".camel.yaml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replaceFirst(
                                    "(?m)^        - (\\w+):\n            id: " + place.step() + "$",
                                    java.util.regex.Matcher.quoteReplacement(step(place))
                                            + "        - $1:\n            id: " + place.step()));
            assertThat(file).content().contains(EXPRESSION);
        }
        SandboxSettings defaults = SandboxSettings.defaults();
        return TestBridge.of(
                        TestBridge.sandbox(
                                new SandboxSettings(
                                        defaults.world().of(0, 8),
                                        defaults.clientId(),
                                        defaults.clientSecret(),
                                        defaults.tokenLife(),
                                        0,
                                        false,
                                        false),
                                Clock.systemUTC()),
                        folder.resolve("data"),
                        Map.of(),
                        routes,
                        Clock.systemUTC())
                .start();
    }

    private static String step(Place place) {
        return String.join(
                "\n",
                "        - filter:",
                "            id: mine-" + place.name(),
                "            simple: \"${variable.change.conversation.direction} == '" + place.name() + "'\"",
                "            steps:",
                "              - setVariable:",
                "                  name: mine",
                "                  simple: \"" + EXPRESSION + "\"",
                "");
    }
}
