// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.conversationbridge.Fixtures;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a channel, at a Genesys Cloud whose clock is the test's. */
class ChannelTest {
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final String CREATE = "POST /api/v2/notifications/channels";

    private final MovableClock clock = new MovableClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private Sandbox sandbox;
    private String token;
    private ChannelConnector connector;
    private Channel channel;

    @BeforeEach
    void open() throws Exception {
        sandbox = TestBridge.sandbox(
                new SandboxSettings(
                        WorldSettings.SMALL.of(1, 2), "sandbox", "sandbox-secret", TWO_DAYS, 0, false, false),
                clock);
        String url = sandbox.url().toString();
        GenesysSettings settings = new SettingsReader(Map.of())
                .read(Path.of("config"), Set.of(), Map.of("genesys.api-url", url, "genesys.login-url", url))
                .genesys();
        connector = new ChannelConnector(settings, clock, (from, frame) -> frames.add(frame));
        channel = channel(topic(sandbox.world().queues().get(0).id()));
        token = token();
    }

    @AfterEach
    void close() {
        channel.close();
        sandbox.close();
    }

    @Test
    void is_created_subscribed_and_connected() throws Exception {
        assertThat(line(channel.next())).isEqualTo(CREATE);
        channel.accept(Fixtures.parse(answer(channel.next())));
        assertThat(line(channel.next())).matches("PUT /api/v2/notifications/channels/[^/]+/subscriptions");
        channel.accept(Fixtures.parse(answer(channel.next())));
        assertThat(channel.hasNext()).isFalse();
        assertThat(channel.aliveSince()).isEmpty();

        channel.tend();

        assertThat(channel.aliveSince()).contains(clock.instant());
        assertThat(sandbox.sockets().openSockets()).isOne();
    }

    @Test
    void one_whose_answer_names_fewer_topics_than_asked_leaves_the_rest_to_the_polls() throws Exception {
        channel = channel(
                topic(sandbox.world().queues().get(0).id()),
                topic(sandbox.world().queues().get(1).id()));
        channel.accept(Fixtures.parse(answer(channel.next())));
        JsonNode subscribed = Fixtures.parse(answer(channel.next()));
        ((ArrayNode) subscribed.path("entities")).remove(0);
        try (LogCapture log = LogCapture.of(Channel.class)) {
            channel.accept(subscribed);
            assertThat(log.messages()).singleElement().asString().contains("lists 1 of 2 subscribed topics");
        }

        channel.tend();

        assertThat(channel.hasNext()).isFalse();
        assertThat(channel.aliveSince()).isEmpty();
    }

    @Test
    void is_subscribed_again_twice_a_day_and_so_outlives_the_24_hours() throws Exception {
        begin();
        Instant begun = clock.instant();
        for (int renewal = 1; renewal <= 3; renewal++) {
            clock.advance(Channel.RENEWAL);
            assertThat(channel.hasNext()).isFalse();
            clock.advance(MOMENT);
            assertThat(channel.hasNext()).isTrue();
            assertThat(line(channel.next())).startsWith("PUT ");
            channel.accept(Fixtures.parse(answer(channel.next())));
            assertThat(channel.hasNext()).isFalse();
        }
        sandbox.sockets().beat();
        await().until(() -> channel.aliveSince().isPresent());
        frames.clear();

        clock.advance(Duration.ofMinutes(10));

        await().until(() -> frames.stream().anyMatch(frame -> frame.contains("v2.routing.queues.")));
        assertThat(channel.aliveSince()).contains(begun);
        assertThat(sandbox.sockets().connections()).isOne();
    }

    @Test
    void one_that_was_not_subscribed_again_reports_nothing_more() throws Exception {
        begin();
        clock.advance(Duration.ofHours(24));
        sandbox.sockets().beat();
        await().until(() -> channel.aliveSince().isPresent());
        frames.clear();

        clock.advance(Duration.ofMinutes(10));

        await().during(Duration.ofMillis(300)).until(frames::isEmpty);
    }

    @Test
    void a_failed_request_lets_it_be_created_anew_after_ever_longer_pauses() throws Exception {
        for (int pause : List.of(2, 4, 8, 16, 32, 64, 128, 256, 300, 300)) {
            channel.accept(Fixtures.parse(answer(channel.next())));
            channel.failed();
            clock.advance(Duration.ofSeconds(pause).minus(MOMENT));
            assertThat(channel.hasNext()).isFalse();
            clock.advance(MOMENT);
            assertThat(channel.hasNext()).isTrue();
            assertThat(line(channel.next())).isEqualTo(CREATE);
        }
    }

    @Test
    void one_that_lived_is_created_anew_soon_and_one_that_did_not_later() throws Exception {
        begin();
        channel.unsubscribed();
        assertThat(channel.aliveSince()).isEmpty();
        assertCreatedAfter(2);
        begin();
        channel.unsubscribed();
        assertCreatedAfter(4);
        begin();
        clock.advance(Duration.ofSeconds(9));
        channel.tend();
        channel.unsubscribed();
        assertCreatedAfter(2);
    }

    @Test
    void before_its_socket_is_closed_another_is_opened_without_a_gap() throws Exception {
        begin();
        Instant begun = clock.instant();
        clock.advance(Duration.ofSeconds(20));
        channel.closing();

        channel.tend();

        await().until(() ->
                sandbox.sockets().connections() == 2 && sandbox.sockets().openSockets() == 1);
        assertThat(channel.aliveSince()).contains(begun);
        channel.tend();
        assertThat(sandbox.sockets().connections()).isEqualTo(2);
    }

    @Test
    void after_its_socket_was_closed_there_is_a_gap() throws Exception {
        begin();
        sandbox.sockets().closeSockets();
        await().until(() -> channel.aliveSince().isEmpty());
        clock.advance(Duration.ofSeconds(20));

        channel.tend();

        assertThat(channel.aliveSince()).contains(clock.instant());
    }

    @Test
    void one_that_cannot_be_connected_is_created_anew_after_three_attempts() {
        String address =
                "{\"id\":\"c\",\"connectUri\":\"ws://127.0.0.1:" + sandbox.url().getPort() + "/channels/c\"}";
        channel.accept(Fixtures.parse(address));
        channel.accept(Fixtures.parse("{\"entities\":[]}"));

        try (LogCapture log = LogCapture.of(Channel.class)) {
            for (int pause : List.of(2, 4, 8)) {
                assertThat(channel.hasNext()).isFalse();
                channel.tend();
                channel.tend();
                clock.advance(Duration.ofSeconds(pause));
            }

            assertThat(log.messages())
                    .hasSize(3)
                    .allSatisfy(line ->
                            assertThat(line).contains("cannot be opened: answered with 401", "next attempt in"));
        }
        assertThat(channel.hasNext()).isTrue();
        assertThat(line(channel.next())).isEqualTo(CREATE);
    }

    @Test
    void a_topic_that_is_refused_is_named_and_leaves_everything_to_the_polls() throws Exception {
        String none = topic(Fixtures.id(1));
        channel = channel(topic(sandbox.world().queues().get(0).id()), none);

        try (LogCapture log = LogCapture.of(Channel.class)) {
            begin();

            assertThat(log.text())
                    .contains("topic " + none + " refused: No such topic. Polling falls back to poll.cron");
        }
        await().untilAsserted(() -> assertThat(sandbox.sockets().openSockets()).isOne());
        assertThat(channel.aliveSince()).isEmpty();
    }

    @Test
    void a_channel_too_many_takes_the_place_of_one_without_a_connection() throws Exception {
        begin();
        for (int i = 0; i < 20; i++) {
            answer(channel(topic("unused")).next());
        }
        assertThat(sandbox.sockets().openSockets()).isOne();
        assertThat(channel.aliveSince()).isPresent();
    }

    private void assertCreatedAfter(int seconds) {
        assertThat(channel.hasNext()).isFalse();
        clock.advance(Duration.ofSeconds(seconds).minus(MOMENT));
        assertThat(channel.hasNext()).isFalse();
        clock.advance(MOMENT);
        assertThat(channel.hasNext()).isTrue();
        assertThat(line(channel.next())).isEqualTo(CREATE);
    }

    private Channel channel(String... topics) {
        return new Channel(List.of(topics), connector, clock);
    }

    private static String topic(String queueId) {
        return "v2.routing.queues." + queueId + ".conversations";
    }

    private static String line(GenesysRequest request) {
        return request.method() + " " + request.path();
    }

    /** As hold-channels does. */
    private void begin() throws Exception {
        while (channel.hasNext()) {
            channel.accept(Fixtures.parse(answer(channel.next())));
        }
        channel.tend();
    }

    private String answer(GenesysRequest request) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(sandbox.url() + request.path() + "?" + request.query()))
                .header("Authorization", "Bearer " + token)
                .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body())));
    }

    private String token() throws Exception {
        String form = "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox-secret";
        return Fixtures.parse(send(HttpRequest.newBuilder(URI.create(sandbox.url() + "/oauth/token"))
                        .POST(HttpRequest.BodyPublishers.ofString(form))))
                .path("access_token")
                .asText();
    }

    private String send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
}
