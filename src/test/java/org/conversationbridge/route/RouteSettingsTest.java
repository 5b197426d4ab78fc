// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The head of a route file names the settings that decide what the file does: those, and no others. */
class RouteSettingsTest {
    private static final Path CONFIG = Path.of("config", SettingsReader.FILE);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z.-]+)}}");
    private static final Pattern SETTINGS = Pattern.compile("(?m)^# Settings: (.*(?:\n#   .*)*)$");
    private static final Pattern VALUE = Pattern.compile("([a-z]+\\.[a-z.-]+) \\(([^)]+)\\)");
    private static final Pattern BEAN = Pattern.compile("#([a-zA-Z]+)");

    /** What a placeholder or a step of a bean reads, where it is not the setting of its own name. */
    private static final Properties READ = properties("""
            reconcile.request-interval: reconcile.budget-share genesys.requests-per-minute genesys.budget-share
            names.request-interval: names.budget-share genesys.requests-per-minute genesys.budget-share
            notifications.enabled: poll.source
            history.retry-after-seconds: history.retry-after
            genesys.api-url: genesys.api-url genesys.connect-timeout genesys.response-timeout genesys.answer-timeout \
                genesys.max-answer-size
            genesys.burstTurn: genesys.burst genesys.requests-per-minute genesys.budget-share
            genesys.minuteTurn: genesys.requests-per-minute genesys.budget-share
            genesys.token: genesys.rate-limit-max-wait
            poller.isDue: health.poll-max-age notifications.poll-interval
            poller.begin: poll.source poll.media-types poll.lookback poll.page-size history.max-interval
            poller.changeOf: poll.media-types checkpoint.remember
            poller.pages: page.size page.partitions
            poller.replay: poll.media-types checkpoint.remember page.size page.partitions
            notifications.channels: notifications.queues notifications.users
            notifications.accept: poll.media-types
            notifications.take: checkpoint.remember page.size page.partitions
            checkpoint.read: checkpoint.queue checkpoint.lease-queue
            lease.take: checkpoint.lease-queue
            checkpoint.announce: completed.first-after
            checkpoint.conclude: checkpoint.remember
            backlog.checkDelivered: page.queue deliver.queue deliver.backlog-limit
            parkedEarlier.recall: error.queue
            currentQueue.compare: current.queue
            currentQueue.pages: page.size page.partitions
            recentEnds.begin: ended.overlap poll.page-size history.max-interval
            endings.begin: ended.ids-per-request
            endings.changes: ended.confirm-within completed.first-after completed.attempts completed.settle-after
            corrections.due: completed.corrections-after completed.corrections-queue
            corrections.toWait: completed.corrections-after
            gaps.notice: reconcile.after poll.cron poll.time-zone checkpoint.remember poll.source
            gaps.begin: poll.media-types poll.page-size history.max-interval
            gaps.changes: checkpoint.remember completed.first-after
            gaps.report: reconcile.after poll.cron poll.time-zone
            histories.begin: history.window history.agents-per-query history.page-size history.max-pages \
                history.max-interval poll.media-types history.retry-after
            histories.found: history.cache-ttl
            histories.learn: history.window history.max-interval
            historyEnrichment: history.limit history.on-unavailable
            missingHistories.look: history.complete-later history.missing-queue
            missingHistories.isToNote: history.complete-later
            missingHistories.begin: history.agents-per-query
            missingHistories.pages: history.limit page.size page.partitions
            delivery.setProperties: deliver.priority.started deliver.priority.updated deliver.priority.ended \
                deliver.priority.completed deliver.time-to-live.started deliver.time-to-live.updated \
                deliver.time-to-live.ended deliver.time-to-live.completed
            delivery.cloudEvent: deliver.cloud-events deliver.cloud-events-source
            names.begin: names.look-up genesys.requests-per-minute names.cache-ttl names.retry-after
            replays.begin: poll.replay-queue
            """);

    /** What holds for the program as a whole: who it is, where it connects, what of a person's data it hands on. */
    private static final List<String> OF_PROGRAM = List.of(
            "genesys.region",
            "genesys.login-url",
            "genesys.trust-store",
            "genesys.allow-http",
            "genesys.client-id",
            "genesys.client-secret",
            "genesys.org-id",
            "genesys.dialect",
            "deliver.order",
            "privacy.customer.address",
            "privacy.customer.external-contact-id",
            "privacy.agent.name",
            "privacy.hash-key",
            "privacy.attributes",
            "privacy.original",
            "broker.url",
            "broker.user",
            "broker.password",
            "broker.trust-store",
            "broker.host",
            "broker.port",
            "broker.key-store",
            "broker.key-store-password",
            "data.dir",
            "management.host",
            "management.port");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_head_names_the_settings_that_the_file_reads(Path file) {
        assertThat(declared(file)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(read(file));
    }

    @Test
    void each_setting_is_read_by_a_route_or_holds_for_the_program() throws IOException {
        Set<String> read = new TreeSet<>(OF_PROGRAM);
        for (Path file : files()) {
            assertThat(read(file)).doesNotContainAnyElementsOf(OF_PROGRAM);
            read.addAll(read(file));
        }

        assertThat(read).isEqualTo(new TreeSet<>(properties(text(CONFIG)).stringPropertyNames()));
    }

    /** Else a step that was renamed would read nothing here. */
    @Test
    void what_is_said_to_read_a_setting_is_in_a_route() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : files()) {
            named.addAll(names(file));
        }

        assertThat(named).containsAll(READ.stringPropertyNames());
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_value_in_a_head_is_the_default_of_its_setting(Path file) {
        Properties defaults = properties(text(CONFIG));

        assertThat(VALUE.matcher(head(file)).results())
                .allSatisfy(value -> assertThat(defaults).containsEntry(value.group(1), value.group(2)));
    }

    private static List<String> declared(Path file) {
        Matcher settings = SETTINGS.matcher(head(file));
        return settings.find()
                ? Arrays.asList(
                        settings.group(1).replaceAll("[\n#]", " ").strip().split(" *, *| {2,}"))
                : List.of();
    }

    private static Set<String> read(Path file) {
        return names(file).stream()
                .flatMap(name -> Arrays.stream(READ.getProperty(name, isPlaceholder(file, name) ? name : "")
                        .split(" +")))
                .filter(key -> !key.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isPlaceholder(Path file, String name) {
        return text(file).contains("{{" + name + "}}");
    }

    /** The placeholders, and the beans with the methods that are called. */
    private static Set<String> names(Path file) {
        Set<String> names = new TreeSet<>();
        PLACEHOLDER.matcher(text(file)).results().map(found -> found.group(1)).forEach(names::add);
        BEAN.matcher(text(file)).results().map(found -> found.group(1)).forEach(names::add);
        try {
            for (JsonNode call : YAML.readTree(text(file)).findParents("ref")) {
                names.add(call.path("ref").asText() + "."
                        + call.path("method").asText().replaceAll("\\(.*", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static String head(Path file) {
        return text(file).lines().takeWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
