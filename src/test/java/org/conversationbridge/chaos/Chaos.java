// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.conversationbridge.HaltableClock;
import org.conversationbridge.distribution.ArtemisServer;
import org.conversationbridge.judge.Doubles;
import org.conversationbridge.judge.Told;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.WorldSettings;

/**
 * One run: a contact centre of 60 conversations that begin, change and end within seconds, an Artemis server,
 * connectors of the distribution, each in a process of its own; a storm; then peace, a restart that must announce
 * nothing again, and the oracle.
 */
final class Chaos {
    private static final Duration PEACE_COMES_WITHIN = Duration.ofSeconds(60);
    /** When some conversations have ended, were completed, and are remembered no more. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(80);

    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);
    /** Completions fall due after the halt, too: a process may end between announcing and delivering them. */
    private static final int RESTARTS = 5;

    private final long seed;
    private final int places;
    private final Schedule schedule;
    private final boolean isNotified;
    private final Path folder;

    /**
     * @param places connectors that run at the same time
     * @param isNotified whether notifications report them; the storm then begins when conversations are forgotten again
     */
    Chaos(long seed, int places, Schedule schedule, boolean isNotified) throws Exception {
        this.isNotified = isNotified;
        this.seed = seed;
        this.places = places;
        this.schedule = schedule;
        this.folder = Files.createDirectories(
                Path.of("target", "chaos", Instant.now().toString().replaceAll("\\W", "") + "-" + seed)
                        .toAbsolutePath());
    }

    /** Runs it. What happened is kept in a folder under target/chaos. */
    Outcome run() throws Exception {
        System.out.println("chaos seed=" + seed + " logs=" + folder);
        Instant begin = Instant.now();
        HaltableClock clock = new HaltableClock();
        ArtemisServer created = ArtemisServer.create(folder.resolve("artemis")).withBridgeConfiguration();
        try (ArtemisServer artemis = created;
                BrokerLine line = BrokerLine.to(artemis.port());
                Sandbox sandbox =
                        Sandbox.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), settings(), clock);
                Connectors connectors = new Connectors(places, folder, environment(sandbox, line, isNotified));
                Writer blows = Files.newBufferedWriter(folder.resolve("blows.log"))) {
            artemis.start(folder.resolve("artemis-1.log"));
            PollWatch watch = new PollWatch();
            sandbox.observe(watch::observe);
            Weather weather = new Weather(seed, sandbox.oauth(), RESPONSE_TIMEOUT.plusSeconds(1));
            sandbox.add(weather);
            connectors.startAll();
            GoodPolls polls = new GoodPolls(watch, connectors);
            polls.await(begin, PEACE_COMES_WITHIN);
            if (isNotified) {
                polls.await(Instant.now().plus(FORGOTTEN_AFTER), FORGOTTEN_AFTER.plus(PEACE_COMES_WITHIN));
            }
            new Storm(artemis, line, connectors, polls, folder, blows).rage(schedule.blows(seed));
            sandbox.removeFaults();
            polls.await(Instant.now(), PEACE_COMES_WITHIN);
            Instant halt = clock.halt();
            boolean recovered = polls.await(halt, PEACE_COMES_WITHIN) && awaitDelivered(artemis);
            recovered &= restartsUntilAllIsDelivered(connectors, polls, artemis);
            return judge(artemis, sandbox, halt, polls.all(), connectors, weather, recovered, begin);
        }
    }

    private Outcome judge(
            ArtemisServer artemis,
            Sandbox sandbox,
            Instant halt,
            List<WholePoll> good,
            Connectors connectors,
            Weather weather,
            boolean recovered,
            Instant begin)
            throws Exception {
        try (Arrivals arrivals = Arrivals.on(artemis)) {
            Map<String, Long> checkpoint = arrivals.checkpoint();
            Map<String, Long> aside = Map.of(
                    "pages", arrivals.pagesWaiting(),
                    "parked", arrivals.count("genesys.conversations.error"),
                    "dead", arrivals.deadLetters());
            List<Told> messages = arrivals.results();
            Oracle oracle = new Oracle(
                    messages,
                    new Truth(sandbox.world()).standings(halt),
                    seen(good),
                    checkpoint,
                    Doubles.against(sandbox.world()));
            Outcome outcome = new Outcome(
                    seed,
                    Duration.between(begin, Instant.now()),
                    places,
                    isNotified,
                    schedule,
                    weather.count(),
                    good.size(),
                    oracle,
                    oracle.judge(),
                    recovered,
                    connectors.died(),
                    aside);
            Files.writeString(folder.resolve("outcome.txt"), outcome.report());
            Files.write(
                    folder.resolve("messages.log"),
                    messages.stream()
                            .map(message -> message.conversationId() + " " + message)
                            .toList());
            System.out.println(outcome.summary());
            return outcome;
        }
    }

    private static boolean restartsUntilAllIsDelivered(Connectors connectors, GoodPolls polls, ArtemisServer artemis)
            throws Exception {
        boolean isDelivered = false;
        for (int i = 0; i < RESTARTS && !isDelivered; i++) {
            connectors.restartAll();
            boolean recovered = polls.await(Instant.now(), PEACE_COMES_WITHIN) && awaitDelivered(artemis);
            connectors.close();
            try (Arrivals arrivals = Arrivals.on(artemis)) {
                isDelivered = recovered && arrivals.pagesWaiting() == 0;
            }
        }
        return isDelivered;
    }

    private static boolean awaitDelivered(ArtemisServer artemis) throws Exception {
        try (Arrivals arrivals = Arrivals.on(artemis)) {
            Awaitility.await().atMost(PEACE_COMES_WITHIN).until(() -> arrivals.pagesWaiting() == 0);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Conversations on the pages of a whole good poll, each with the first such poll. */
    private static Map<String, String> seen(List<WholePoll> good) {
        Map<String, String> seen = new HashMap<>();
        good.forEach(poll -> poll.found()
                .forEach(id -> seen.putIfAbsent(
                        id, "found by " + poll.connector() + " from " + poll.from() + " to " + poll.to())));
        return seen;
    }

    private SandboxSettings settings() {
        WorldSettings world = new WorldSettings(60, 30, 4, 1, Duration.ofMinutes(1), seed);
        return new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false);
    }

    private static Map<String, String> environment(Sandbox sandbox, BrokerLine line, boolean isNotified) {
        Map<String, String> environment = new HashMap<>(polling(sandbox, line));
        if (isNotified) {
            environment.put("POLL_SOURCE", "notifications");
            environment.put(
                    "NOTIFICATIONS_QUEUES",
                    sandbox.world().queues().stream().map(SandboxQueue::id).collect(Collectors.joining(",")));
            environment.put("NOTIFICATIONS_POLL_INTERVAL", "4s");
            environment.put("CHECKPOINT_REMEMBER", "1m");
            environment.put("COMPLETED_FIRST_AFTER", "1s");
        }
        return environment;
    }

    private static Map<String, String> polling(Sandbox sandbox, BrokerLine line) {
        return Map.ofEntries(
                Map.entry("GENESYS_API_URL", sandbox.url().toString()),
                Map.entry("GENESYS_LOGIN_URL", sandbox.url().toString()),
                Map.entry("GENESYS_CLIENT_ID", "sandbox"),
                Map.entry("GENESYS_CLIENT_SECRET", "sandbox-secret"),
                Map.entry("GENESYS_REQUESTS_PER_MINUTE", "60000"),
                Map.entry("GENESYS_RESPONSE_TIMEOUT", RESPONSE_TIMEOUT.toSeconds() + "s"),
                Map.entry("GENESYS_RETRIES", "1"),
                Map.entry("GENESYS_RETRY_DELAY", "100ms"),
                Map.entry("POLL_CRON", "0/1 * * * * ?"),
                Map.entry("POLL_SOURCE", "analytics"),
                Map.entry("POLL_PAGE_SIZE", "25"),
                Map.entry("PAGE_SIZE", "10"),
                Map.entry("PAGE_CONSUMERS", "2"),
                Map.entry("HISTORY_CACHE_TTL", "1s"),
                Map.entry("HISTORY_RETRY_AFTER", "1s"),
                Map.entry("BROKER_URL", line.url() + "?connectionTTL=5000&clientFailureCheckPeriod=2500"),
                Map.entry("BROKER_USER", ArtemisServer.USER),
                Map.entry("BROKER_PASSWORD", ArtemisServer.PASSWORD),
                Map.entry("MANAGEMENT_PORT", "0"),
                Map.entry("JAVA_OPTS", "-Xmx256m"));
    }
}
