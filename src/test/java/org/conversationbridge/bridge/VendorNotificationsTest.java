// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mypurecloud.sdk.v2.ApiClient;
import com.mypurecloud.sdk.v2.ApiException;
import com.mypurecloud.sdk.v2.api.NotificationsApi;
import com.mypurecloud.sdk.v2.model.ChannelTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.notification.Channel;
import org.conversationbridge.notification.ChannelConnector;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.SandboxAgent;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent and reported for notifications, as the vendor's own models read it and its own client sends it. */
class VendorNotificationsTest {
    private static final String CHANNELS = "/api/v2/notifications/channels";

    private final List<Vendor.Exchanged> exchanged = new CopyOnWriteArrayList<>();
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final MovableClock clock = new MovableClock();
    private Sandbox sandbox;

    @TempDir
    private Path dataDir;

    @BeforeEach
    void start() throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        sandbox = TestBridge.sandbox(
                new SandboxSettings(
                        WorldSettings.SMALL.of(60, 12),
                        defaults.clientId(),
                        defaults.clientSecret(),
                        defaults.tokenLife(),
                        0,
                        false,
                        false),
                clock);
        sandbox.observe((request, answer) -> exchanged.add(new Vendor.Exchanged(request, answer)));
        sandbox.sockets().observe(frames::add);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void reads_a_run_on_notifications() throws Exception {
        Map<String, String> settings = Map.of(
                "poll.source",
                "notifications",
                "notifications.queues",
                "00000000-0000-4000-8000-00000000dead," + ids(sandbox.world().queues(), SandboxQueue::id),
                "notifications.users",
                ids(sandbox.world().agents(), SandboxAgent::userId));
        try (TestBridge test = TestBridge.of(sandbox, dataDir, settings, clock).start()) {
            await().until(() -> sandbox.sockets().openSockets() == 1);
            clock.advance(Duration.ofSeconds(30));
            sandbox.sockets().beat();
            awaitFrames("\"WebSocket Heartbeat\"", "\"pong\"", "\"v2.routing.queues.", "\"v2.users.");
            awaitFrames("\"calls\"", "\"callbacks\"", "\"chats\"", "\"emails\"", "\"messages\"", "\"held\":true");
            test.awaitDelivered();
            sandbox.sockets().announceClosing();
            awaitFrames("\"v2.system.socket_closing\"");
        }

        assertThat(exchanged)
                .extracting(e -> e.request().method() + " " + e.request().path())
                .contains("POST " + CHANNELS)
                .anyMatch(line -> line.startsWith("PUT " + CHANNELS + "/"));
        assertThat(exchanged)
                .as("a topic that there is not")
                .extracting(e -> e.answer().body())
                .anyMatch(body -> body.contains("\"Rejected\""));
        exchanged.forEach(Vendor::assertReads);
        frames.forEach(Vendor::assertReadsFrame);
    }

    @Test
    void a_channel_is_requested_and_subscribed_to_alike() throws Exception {
        List<String> topics = topics(2);
        GenesysSettings settings = new SettingsReader(Map.of())
                .read(
                        Path.of("config"),
                        Set.of(),
                        Map.of("genesys.api-url", sandbox.url().toString()))
                .genesys();
        Channel ours = new Channel(topics, new ChannelConnector(settings, clock, (channel, frame) -> {}), clock);
        try (ApiClient vendor = Vendor.client(sandbox)) {
            NotificationsApi theirs = new NotificationsApi(vendor);

            String id = theirs.postNotificationsChannels().getId();
            Vendor.Exchanged created = exchanged.get(exchanged.size() - 1);
            Vendor.assertAlike(created.request(), ours.next());
            ours.accept(Fixtures.parse(created.answer().body()));
            theirs.putNotificationsChannelSubscriptions(id, topics(topics), true);

            Vendor.assertAlike(exchanged.get(exchanged.size() - 1).request(), ours.next());
        }
    }

    @Test
    void the_sandbox_handles_topics_as_the_vendors_client_expects() throws Exception {
        List<String> topics = topics(3);
        try (ApiClient vendor = Vendor.client(sandbox)) {
            NotificationsApi theirs = new NotificationsApi(vendor);
            String id = theirs.postNotificationsChannels().getId();

            theirs.putNotificationsChannelSubscriptions(id, topics(topics.subList(0, 1)), false);
            theirs.putNotificationsChannelSubscriptions(id, topics(topics.subList(1, 2)), false);
            theirs.postNotificationsChannelSubscriptions(id, topics(topics.subList(2, 3)), false);
            assertThat(theirs.getNotificationsChannelSubscriptions(id).getEntities())
                    .extracting(ChannelTopic::getId)
                    .containsExactlyInAnyOrderElementsOf(topics.subList(1, 3));
            assertRefused(404, () -> theirs.getNotificationsChannelSubscriptions("none"));
            assertRefused(400, () -> theirs.putNotificationsChannelSubscriptions(id, topics(List.of(topic(0))), false));
            List<String> tooMany = IntStream.rangeClosed(0, 1_000)
                    .mapToObj(VendorNotificationsTest::topic)
                    .toList();
            assertRefused(400, () -> theirs.putNotificationsChannelSubscriptions(id, topics(tooMany), true));
        }
        exchanged.forEach(Vendor::assertReads);
    }

    private static void assertRefused(int status, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.getStatusCode()).isEqualTo(status));
    }

    private void awaitFrames(String... parts) {
        await().untilAsserted(() -> assertThat(String.join("\n", frames)).contains(parts));
    }

    private static <T> String ids(List<T> elements, Function<T, String> id) {
        return elements.stream().map(id).collect(Collectors.joining(","));
    }

    /** Of queues that there are. */
    private List<String> topics(int count) {
        return sandbox.world().queues().stream()
                .limit(count)
                .map(queue -> "v2.routing.queues." + queue.id() + ".conversations")
                .toList();
    }

    /** Of a queue that there is not. */
    private static String topic(int number) {
        return "v2.routing.queues." + Fixtures.id(number) + ".conversations";
    }

    private static List<ChannelTopic> topics(List<String> ids) {
        return ids.stream().map(id -> new ChannelTopic().id(id)).toList();
    }
}
