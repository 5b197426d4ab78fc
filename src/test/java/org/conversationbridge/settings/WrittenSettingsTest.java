// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settings as administrators write them by the habits of other programs: read, or refused with the place and the
 * remedy.
 */
class WrittenSettingsTest {
    @TempDir
    private Path config;

    @BeforeEach
    void settings() throws IOException {
        write("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application.yml",
                "application.yaml",
                "application.json",
                "application.properties.txt",
                "application.properties (1)",
                "application.properties.j2",
                "application.propertes",
                "applicaton.properties",
                "Application.properties",
                "APPLICATION.PROPERTIES",
                "application-prod.properties",
                "application - Copy.properties",
                "settings.properties",
                "config.yaml",
                "conversation-bridge.yml",
                ".env",
                "log4j2.propertes",
                "log4j.properties"
            })
    void a_file_that_looks_like_settings_and_is_not_read_is_refused(String name) throws IOException {
        Files.writeString(config.resolve(name), "poll.page-size=50\n");

        assertThatThrownBy(this::read)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(config.resolve(name) + ": looks like settings and is not read; ")
                .hasMessageContaining("rename it to " + name + ".off");
    }

    @Test
    void without_the_settings_file_the_one_that_looks_like_it_is_named() throws IOException {
        Files.delete(config.resolve(SettingsReader.FILE));
        Files.writeString(config.resolve("application.yml"), "poll:\n");

        assertThatThrownBy(this::read).hasMessageContaining("application.yml: looks like settings");
    }

    @Test
    void backups_and_files_of_other_purposes_are_left_alone() throws IOException {
        for (String name : new String[] {
            "application.properties.bak",
            "application.properties~",
            ".application.properties.swp",
            "application.properties.2026-11-28",
            "application.properties.rpmnew",
            "application.yml.off",
            "application.md",
            "application-notes.md",
            "application.properties.sha256",
            "application.properties.asc",
            "log4j2.properties",
            "log4j2-json.xml",
            "asyncapi.yaml",
            "gap-report.schema.json",
            "ca.pem",
            "README.md"
        }) {
            Files.writeString(config.resolve(name), "x");
        }
        Files.createDirectory(config.resolve("application-old"));

        assertThatCode(this::read).doesNotThrowAnyException();
    }

    @Test
    void the_target_of_a_link_of_the_right_name_is_read() throws IOException {
        Files.delete(config.resolve(SettingsReader.FILE));
        Files.writeString(config.resolve("application-prod.properties"), "poll.page-size=50\n");
        Files.createSymbolicLink(config.resolve(SettingsReader.FILE), Path.of("application-prod.properties"));

        assertThat(read().poll().pageSize()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "poll.page-size=\"5\" | poll.page-size: the quotes are part of the value",
                "deliver.queue='my.queue' | the quotes are part of the value",
                "genesys.client-id=\"abc\" | the quotes are part of the value",
                "genesys.client-secret='abc' | the quotes are part of the value",
                "data.dir=${HOME}/data | variables are not replaced in a value. Set the environment variable DATA_DIR",
                "genesys.client-id=$CLIENT_ID | variables are not replaced",
                "deliver.queue=%QUEUE% | variables are not replaced",
                "data.dir=~/data | ~ is not replaced",
                "poll.page-size=5\\u200b | its character 2 is invisible (U+200B)",
                "poll.page-size=\\u00a05 | its character 1 is invisible (U+00A0)",
                "genesys.client-id=<your id> | it is not the id of an OAuth client",
                "export POLL_CRON=0/5 * * * * ? | unknown setting export. A properties file has no export",
                "POLL_PAGE_SIZE=5 | unknown setting POLL_PAGE_SIZE; did you mean poll.page-size?",
                "poll.pageSize=5 | did you mean poll.page-size?",
                "Poll.Page_Size=5 | did you mean poll.page-size?",
                "=5 | unknown setting without a name. Each line is key=value",
                "{ | unknown setting {. Each line is key=value",
                "poll.page-size=\uff15 | is not a whole number from 1 to 100",
                "genesys.allow-http=yes | 'yes' is neither true nor false",
                "genesys.region=mypurecloud.con | is not a region",
                "genesys.region=prod.euc1 | is not a region",
                "genesys.api-url=https://login.mypurecloud.de | is another host of Genesys Cloud",
                "genesys.login-url=https://apps.euw2.pure.cloud | is another host of Genesys Cloud",
                "genesys.api-url=https://api.mypurecloud.de#x | it is not a base URL",
                "genesys.api-url=https://api.mypurecloud.de:99999 | it is not a base URL",
                "broker.url=tcp://artemis:0 | its port is outside 1 to 65535",
                "broker.url=(tcp://a:61616,tcp://b:70000)?ha=true | its port is outside 1 to 65535",
                "management.host=http://localhost | is not a host",
                "management.host=* | is not a host",
                "management.port=61616 | is the port of the embedded broker too"
            })
    void habits_of_other_files_of_settings_are_refused_with_the_line(String line, String said) throws IOException {
        write("# mine\n" + line + "\n");

        assertThatThrownBy(this::read)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("application.properties line 2: ")
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "poll.page-size 5",
                "poll.page-size: 5",
                "poll.page-size=+5",
                "broker.url=tcp://[::1]:61616",
                "broker.url=tcp://artemis:61616?connectionTTL=60000",
                "genesys.region=euw3.pure.cloud",
                "genesys.region=mypurecloud.com.au",
                "genesys.login-url=https://login.proxy.example.com",
                "management.host=::1",
                "genesys.allow-http=TRUE",
                "broker.url=tcp://h:1\nbroker.user=u\nbroker.password=\"a${b}\""
            })
    void what_is_right_is_accepted(String lines) throws IOException {
        write(lines + "\n");

        assertThatCode(this::read).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camel.main.autoStartup=false | write 'autoStartup: false' below its id",
                "camel.main.auto-startup=false | the bridge would stand still without a word",
                "camel.main.autoStartupExcludePattern=enrich* | stand still",
                "camel.main.durationMaxSeconds=60 | To run for a time, use run --for",
                "camel.main.durationMaxMessages=1 | use run --for",
                "camel.main.duration-max-idle-seconds=5 | use run --for",
                "camel.main.routesIncludePattern=file:x/* | --routes DIR names the folder",
                "camel.main.routeFilterExcludePattern=enrich* | --routes DIR names the folder",
                "camel.main.routesCollectorIgnoreLoadingError=true | --routes DIR names the folder",
                "camel.main.routesReloadEnabled=true | Restart it to change a route",
                "camel.main.shutdownTimeout=0 | ends by itself within seconds",
                "camel.main.autoConfigurationEnabled=false | would not find what they name",
                "camel.component.jms.transacted=false | messages could be lost, or arrive twice",
                "camel.component.jms.delivery-persistent=false | messages could be lost",
                "camel.component.https.followRedirects=true | below the parameters of its endpoint",
                "camel.resilience4j.timeoutEnabled=true | write the option below its circuitBreaker",
                "camel.health.enabled=false | health and metrics are always served",
                "camel.management.port=9000 | management.host and management.port say"
            })
    void a_setting_of_camel_that_the_bridge_decides_is_refused(String line, String said) throws IOException {
        write("# mine\n" + line + "\n");

        assertThatThrownBy(this::read)
                .hasMessageContaining("application.properties line 2: " + line.replaceFirst("=.*", "")
                        + ": the bridge decides this itself; ")
                .hasMessageContaining(said)
                .hasMessageEndingWith(". Remove it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAMEL_MAIN_AUTOSTARTUP",
                "CAMEL_MAIN_AUTO_STARTUP",
                "CAMEL_MAIN_DURATION_MAX_SECONDS",
                "CAMEL_COMPONENT_JMS_DELIVERYPERSISTENT",
                "CAMEL_RESILIENCE4J_TIMEOUT_ENABLED"
            })
    void it_is_refused_as_a_variable_too(String name) {
        assertThatThrownBy(() -> read(Map.of(name, "1")))
                .hasMessageContaining("environment variable " + name + ": the bridge decides this itself; ");
    }

    @Test
    void other_settings_of_camel_are_accepted() throws IOException {
        write("camel.main.tracing=true\ncamel.main.messageHistory=true\ncamel.main.logMask=true\n"
                + "camel.component.kafka.brokers=k:9092\ncamel.component.timer.includeMetadata=true\n"
                + "camel.threadpool.poolSize=5\ncamel.server.enabled=true\ncamel.main.jmxEnabled=true\n"
                + "camel.management.authenticationEnabled=true\n");

        assertThatCode(() -> read(Map.of("CAMEL_MAIN_TRACING", "true", "CAMEL_HOME", "/x")))
                .doesNotThrowAnyException();
    }

    /** A block of YAML has line ends: those of docker-compose, or of a ConfigMap. */
    @Test
    void line_ends_and_tabs_separate_the_elements_of_a_list() {
        String one = "5f4dc3b5-aa76-4d61-a327-deb882cf9901";
        String two = "5f4dc3b5-aa76-4d61-a327-deb882cf9902";
        Settings read = read(Map.of(
                "POLL_SOURCE", "notifications",
                "POLL_MEDIA_TYPES", "voice\nchat,\n\temail\r\n",
                "NOTIFICATIONS_QUEUES", one + "\n" + two + "\n",
                "PRIVACY_ATTRIBUTES", "account number\tsegment\n"));

        assertThat(read.poll().mediaTypes()).containsExactlyInAnyOrder("voice", "chat", "email");
        assertThat(read.notifications().topics())
                .containsExactly(
                        "v2.routing.queues." + one + ".conversations", "v2.routing.queues." + two + ".conversations");
        assertThat(read.privacy().attributes()).containsExactlyInAnyOrder("account number", "segment");
        assertThatThrownBy(() -> read(Map.of("DELIVER_QUEUE", "a\nb")))
                .hasMessageContaining("its character 2 is invisible (U+000A)");
        assertThatThrownBy(() -> read(Map.of("POLL_MEDIA_TYPES", "voice\nchat\u200b")))
                .hasMessageContaining("its character 11 is invisible (U+200B)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"log4j2.xml", "log4j2.yaml", "log4j2.json", "log4j2-test.xml", "logback.xml"})
    void a_second_file_that_configures_logging_is_named_with_the_one_that_is_read(String name) throws IOException {
        Files.writeString(config.resolve(name), "x");

        assertThatThrownBy(this::read)
                .hasMessageContaining(config.resolve(name) + ": configures logging and is not read; ")
                .hasMessageContaining("log4j2.properties is. Start with JAVA_OPTS=-Dlog4j2.configurationFile="
                        + config.resolve(name));
    }

    @Test
    void a_key_that_is_there_twice_in_two_spellings_is_refused() throws IOException {
        write("poll.page-size=5\npoll.page\\-size=6\n");

        assertThatThrownBy(this::read).hasMessageContaining("poll.page-size is set twice");
    }

    @Test
    void utf_16_without_a_mark_is_named() throws IOException {
        Files.write(config.resolve(SettingsReader.FILE), "poll.page-size=5\n".getBytes(StandardCharsets.UTF_16LE));

        assertThatThrownBy(this::read).hasMessageContaining("line 1 has a NUL byte: the file is UTF-16, or no text");
    }

    @Test
    void what_is_far_too_long_is_shown_shortened() throws IOException {
        write("deliver.queue=" + "q".repeat(100_000) + "\n");
        assertThatThrownBy(this::read)
                .hasMessageContaining("is not a queue name")
                .satisfies(this::isShort);

        write("k".repeat(100_000) + "=1\n");
        assertThatThrownBy(this::read)
                .hasMessageContaining("unknown setting kkk")
                .satisfies(this::isShort);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll_cron", "Poll_Cron", "POLL-CRON", "poll.cron"})
    void a_variable_in_another_spelling_is_refused_with_its_name(String name) {
        assertThatThrownBy(() -> read(Map.of(name, "0/5 * * * * ?")))
                .hasMessageContaining("environment variable " + name + " is not read; its name is POLL_CRON.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "'\n' | is empty",
                "'one\ntwo\n' | has several lines",
                "GENESYS_CLIENT_SECRET=abc | begins with a name and =",
            })
    void a_file_without_a_secret_is_refused_without_showing_it(String text, String said) throws IOException {
        Path file = Files.writeString(config.resolve("secret"), text.replace("\\n", "\n"));

        assertThatThrownBy(() -> read(Map.of("GENESYS_CLIENT_SECRET_FILE", file.toString())))
                .hasMessageContaining("environment variable GENESYS_CLIENT_SECRET_FILE: " + file + " " + said)
                .hasMessageNotContainingAny("abc", "two");
    }

    @Test
    void a_secret_of_any_size_is_no_reason_to_run_out_of_memory() throws IOException {
        Path file = Files.write(config.resolve("secret"), new byte[5 << 20]);

        assertThatThrownBy(() -> read(Map.of("GENESYS_CLIENT_SECRET_FILE", file.toString())))
                .hasMessageContaining("it has more than 4 MB");
    }

    @Test
    void blanks_and_line_ends_around_a_secret_are_not_part_of_it() throws IOException {
        Path file = Files.writeString(config.resolve("secret"), "\uFEFF a secret \r\n");

        assertThat(read(Map.of("GENESYS_CLIENT_SECRET_FILE", file.toString()))
                        .genesys()
                        .clientSecret()
                        .reveal())
                .isEqualTo("a secret");
    }

    private void isShort(Throwable refused) {
        assertThat(refused.getMessage()).hasSizeLessThan(1_000);
    }

    private void write(String text) throws IOException {
        Files.writeString(config.resolve(SettingsReader.FILE), text);
    }

    private Settings read() {
        return read(Map.of());
    }

    private Settings read(Map<String, String> environment) {
        return new SettingsReader(environment).read(config, Set.of(), Map.of());
    }
}
