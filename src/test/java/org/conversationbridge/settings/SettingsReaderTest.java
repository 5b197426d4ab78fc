// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.tls.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    @TempDir
    private Path config;

    @Test
    void an_empty_file_means_the_defaults() throws IOException {
        Settings settings = read("");

        assertThat(settings.genesys().apiUrl()).isEqualTo(URI.create("https://api.mypurecloud.com"));
        assertThat(settings.genesys().loginUrl()).isEqualTo(URI.create("https://login.mypurecloud.com"));
        assertThat(settings.genesys().budget().interval()).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.poll().source()).isEqualTo(PollSource.AUTO);
        assertThat(settings.poll().mediaTypes()).isEmpty();
        assertThat(settings.history().window()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.history().limit()).isEqualTo(5);
        assertThat(settings.queues().enriched()).isEqualTo("genesys.conversations.enriched");
        assertThat(settings.broker().url()).isEmpty();
        assertThat(settings.management().port()).isEqualTo(9876);
    }

    @Test
    void a_route_can_have_a_pause_in_whole_seconds_rounded_up() throws IOException {
        assertThat(read("history.retry-after=1500ms").placeholders())
                .containsEntry("history.retry-after", "1500")
                .containsEntry("history.retry-after-seconds", "2");
        assertThat(read("history.retry-after=2s").placeholders()).containsEntry("history.retry-after-seconds", "2");
    }

    @Test
    void names_are_looked_up_unless_dropped_or_not_available() throws IOException {
        assertThat(read("").names().isOn()).isTrue();
        assertThat(read("").names().withUsers()).isTrue();
        assertThat(read("").placeholders()).containsEntry("names.request-interval", "2000");
        assertThat(read("privacy.agent.name=drop\nprivacy.original=drop")
                        .names()
                        .withUsers())
                .isFalse();
        assertThat(read("genesys.dialect=tutorial").names().isOn()).isFalse();
        assertThat(read("names.look-up=false").names().isOn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"started", "updated", "ended", "completed"})
    void an_event_type_with_another_priority_would_break_the_order_of_a_conversation(String type) throws IOException {
        String other = "deliver.priority." + type + "=7";

        assertThatThrownBy(() -> read(other))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("deliver.priority.")
                .hasMessageContaining("deliver.order=none");
        assertThat(read(other + "\ndeliver.order=none").delivery().byEventType().get(type))
                .isEqualTo(new DeliverySettings.Qos(7, Duration.ZERO));
    }

    @Test
    void one_priority_for_all_event_types_keeps_the_order() throws IOException {
        String all = """
                deliver.priority.started=7
                deliver.priority.updated=7
                deliver.priority.ended=7
                deliver.priority.completed=7
                """;

        assertThat(read(all).delivery().byEventType().values())
                .allSatisfy(qos -> assertThat(qos.priority()).isEqualTo(7));
        assertThatThrownBy(() -> read(all + "deliver.order=perhaps")).hasMessageContaining("'perhaps' is not one of");
    }

    @Test
    void the_environment_wins_over_the_file() throws IOException {
        Settings settings = read(
                "history.limit=7\npoll.cron=0/30 * * * * ?", Map.of("HISTORY_LIMIT", "9", "POLL_SOURCE", "analytics"));

        assertThat(settings.history().limit()).isEqualTo(9);
        assertThat(settings.poll().source()).isEqualTo(PollSource.ANALYTICS);
        assertThat(settings.placeholders()).containsEntry("poll.cron", "0/30 * * * * ?");
    }

    @Test
    void a_misspelt_key_is_refused_with_its_line_and_the_nearest_one() {
        assertThatThrownBy(() -> read("# comment\n\npol.cron=0/5 * * * * ?"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "application.properties line 3: unknown setting pol.cron; did you mean poll.cron?");
    }

    @Test
    void every_problem_is_named_at_once() {
        assertThatThrownBy(() -> read("history.limit=many\npoll.source=somewhere", Map.of("POLL_CRON", "hourly")))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains("line 1: history.limit: 'many' is not a whole number from 1 to 100"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains("line 2: poll.source: 'somewhere' is not one of auto,"
                                                + " conversations, analytics"))
                                .anySatisfy(
                                        problem -> assertThat(problem)
                                                .contains(
                                                        "environment variable POLL_CRON: poll.cron: 'hourly' is not a Quartz cron")));
    }

    @Test
    void a_key_set_twice_is_refused() {
        assertThatThrownBy(() -> read("history.limit=7\nhistory.limit=8"))
                .hasMessageContaining("history.limit is set twice, on lines 1 and 2; keep one.");
    }

    @Test
    void a_key_of_the_administrators_own_is_accepted_when_a_route_names_it() throws IOException {
        Files.writeString(config.resolve(SettingsReader.FILE), "esb.system=core\ncamel.main.name=x");

        Settings settings = new SettingsReader(Map.of()).read(config, Set.of("esb.system"), Map.of());

        assertThat(settings.placeholders()).containsEntry("esb.system", "core").containsEntry("camel.main.name", "x");
    }

    @Test
    void no_secret_is_a_placeholder_or_shown() throws IOException {
        Settings settings = read(
                "",
                Map.of(
                        "GENESYS_CLIENT_SECRET", "canary-secret",
                        "BROKER_PASSWORD", "canary-password",
                        "BROKER_URL", "tcp://user:canary@artemis:61616?trustStorePassword=canary"));

        assertThat(settings.toString()).doesNotContain("canary");
        assertThat(settings.placeholders().toString()).doesNotContain("canary");
        assertThat(settings.genesys().clientSecret().reveal()).isEqualTo("canary-secret");
    }

    @ParameterizedTest
    @CsvSource({"http://api.example.com", "http://10.0.0.7:8080", "http://localhost.example.com", "http://127.evil.com"
    })
    void no_secret_goes_over_plain_http_to_another_machine(String url) throws IOException {
        assertThatThrownBy(() -> read("", Map.of("GENESYS_API_URL", url)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("client secret and token would go to " + url + " unencrypted")
                .hasMessageContaining("genesys.api-url")
                .hasMessageContaining("genesys.login-url");

        assertThat(read("", Map.of("GENESYS_API_URL", url, "GENESYS_ALLOW_HTTP", "true"))
                        .genesys()
                        .apiUrl())
                .isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "192.0.2.7"})
    void a_broker_inside_that_other_machines_reach_needs_tls(String host) throws Exception {
        TestCertificate certificate = TestCertificate.of("ip:127.0.0.1", config);
        String file = certificate.keys().toString();

        assertThatThrownBy(() -> read("", Map.of("BROKER_HOST", host)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("broker.host: other machines can reach this address")
                .hasMessageContaining("set broker.key-store and broker.key-store-password");
        assertThatThrownBy(() -> read(
                        "",
                        Map.of("BROKER_HOST", host, "BROKER_KEY_STORE", file, "BROKER_KEY_STORE_PASSWORD", "hunter2")))
                .hasMessageContaining(
                        "broker.key-store: '" + file + "' cannot be read as a key store (its password is wrong)")
                .hasMessageNotContaining("hunter2");
        Settings settings = read(
                "",
                Map.of(
                        "BROKER_HOST",
                        host,
                        "BROKER_KEY_STORE",
                        file,
                        "BROKER_KEY_STORE_PASSWORD",
                        TestCertificate.PASSWORD));
        assertThat(settings.broker().keys()).isPresent();
        assertThat(settings.toString() + settings.placeholders()).doesNotContain(TestCertificate.PASSWORD);
        assertThat(read("", Map.of("BROKER_HOST", host, "BROKER_URL", "tcp://artemis:61616"))
                        .broker()
                        .keys())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8089", "http://127.0.0.1:8089", "http://[::1]:8089"})
    void plain_http_stays_on_this_machine(String url) throws IOException {
        assertThat(read("", Map.of("GENESYS_API_URL", url)).genesys().loginUrl())
                .isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @CsvSource({"20MB, 20971520", "500kb, 512000", "1GB, 1073741824", "2048B, 2048"})
    void a_size_is_a_number_with_a_unit(String size, long bytes) throws IOException {
        assertThat(read("", Map.of("GENESYS_MAX_ANSWER_SIZE", size))
                        .genesys()
                        .answerLimits()
                        .bytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"20, is not a size", "20 MiB, is not a size", "1B, is outside 1KB to 1GB", "2GB, is outside"})
    void a_size_that_is_none_is_refused(String size, String problem) {
        assertThatThrownBy(() -> read("", Map.of("GENESYS_MAX_ANSWER_SIZE", size)))
                .hasMessageContaining("genesys.max-answer-size: '" + size + "' " + problem);
    }

    @Test
    void a_secret_may_stand_in_a_file() throws IOException {
        Path secret = Files.writeString(config.resolve("secret"), "from-file\n");

        Settings settings = read("", Map.of("GENESYS_CLIENT_SECRET_FILE", secret.toString()));

        assertThat(settings.genesys().clientSecret().reveal()).isEqualTo("from-file");
    }

    @Test
    void a_secret_given_twice_or_in_a_missing_file_is_refused() {
        assertThatThrownBy(() -> read("", Map.of("BROKER_PASSWORD", "a", "BROKER_PASSWORD_FILE", "/b")))
                .hasMessageContaining("BROKER_PASSWORD and BROKER_PASSWORD_FILE are both set");
        assertThatThrownBy(() -> read("", Map.of("BROKER_PASSWORD_FILE", "/no/such/file")))
                .hasMessageContaining("BROKER_PASSWORD_FILE: /no/such/file cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, https://api.mypurecloud.de, https://login.mypurecloud.de",
        "mx-central-1, https://api.mxc1.pure.cloud, https://login.mxc1.pure.cloud",
        "new9.pure.cloud, https://api.new9.pure.cloud, https://login.new9.pure.cloud"
    })
    void the_region_decides_both_urls(String region, URI api, URI login) throws IOException {
        GenesysSettings genesys = read("", Map.of("GENESYS_REGION", region)).genesys();

        assertThat(genesys.apiUrl()).isEqualTo(api);
        assertThat(genesys.loginUrl()).isEqualTo(login);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.mypurecloud.ie, platform, https://login.mypurecloud.ie",
        "https://api.mypurecloud.ie/, platform, https://login.mypurecloud.ie",
        "http://127.0.0.1:8089, platform, http://127.0.0.1:8089",
        "https://api.mypurecloud.com, tutorial, https://api.mypurecloud.com"
    })
    void the_login_url_follows_a_given_api_url(String api, String dialect, URI login) throws IOException {
        GenesysSettings genesys = read("", Map.of("GENESYS_API_URL", api, "GENESYS_DIALECT", dialect))
                .genesys();

        assertThat(genesys.loginUrl()).isEqualTo(login);
    }

    @ParameterizedTest
    @CsvSource({
        "GENESYS_REGION, mars-1, 'mars-1' is not a region",
        "GENESYS_API_URL, api.mypurecloud.com, is not a base URL such as",
        "GENESYS_API_URL, https://u:p@api.mypurecloud.com, is not a base URL such as",
        "GENESYS_API_URL, ftp://api.mypurecloud.com, is not a base URL such as",
        "GENESYS_DIALECT, french, 'french' is not one of platform",
        "HISTORY_WINDOW, 2 hours, is not a duration",
        "HISTORY_MAX_INTERVAL, 40d, '40d' is outside 1m to",
        "MANAGEMENT_PORT, 70000, is not a whole number from 0 to 65535"
    })
    void a_value_that_cannot_be_used_is_refused(String variable, String value, String problem) {
        assertThatThrownBy(() -> read("", Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("environment variable " + variable)
                .hasMessageContaining(problem);
    }

    @Test
    void a_hash_needs_a_key_that_cannot_be_guessed() throws IOException {
        Map<String, String> hash = Map.of("PRIVACY_CUSTOMER_ADDRESS", "hash", "PRIVACY_ORIGINAL", "drop");
        assertThatThrownBy(() -> read("", hash))
                .hasMessageContaining("privacy.hash-key: a field is to be hashed, and there is no key")
                .hasMessageContaining("PRIVACY_HASH_KEY_FILE");
        assertThatThrownBy(() -> read("privacy.hash-key=0123456789", hash))
                .hasMessageContaining("the key is short")
                .hasMessageNotContaining("0123456789");

        Path file = Files.writeString(config.resolve("key"), "0123456789abcdef0123456789abcdef\n");
        Settings settings = read(
                "privacy.customer.address=hash\nprivacy.original=drop",
                Map.of("PRIVACY_HASH_KEY_FILE", file.toString()));
        assertThat(settings.privacy().hashKey().reveal()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(settings.placeholders()).doesNotContainKey("privacy.hash-key");
        assertThat(settings.toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void originals_cannot_be_kept_where_their_fields_are_not() {
        assertThatThrownBy(() -> read("", Map.of("PRIVACY_AGENT_NAME", "drop")))
                .hasMessageContaining("privacy.original: a conversation that cannot be read cannot be masked")
                .hasMessageContaining("set it to drop");
    }

    @Test
    void attributes_are_named_as_they_are_written() throws IOException {
        assertThat(read("privacy.attributes= Tier , crmId,").privacy().attributes())
                .containsExactlyInAnyOrder("Tier", "crmId");
        assertThat(read("").privacy().attributes()).isEmpty();
    }

    @Test
    void durations_are_milliseconds_to_a_route() throws IOException {
        assertThat(read("genesys.retry-delay=2s").placeholders()).containsEntry("genesys.retry-delay", "2000");
    }

    @Test
    void the_tutorial_dialect_asks_for_one_medium() throws IOException {
        assertThat(read("", Map.of("GENESYS_DIALECT", "tutorial")).poll().mediaTypes())
                .containsExactly("voice");
        assertThatThrownBy(() -> read("", Map.of("GENESYS_DIALECT", "tutorial", "POLL_MEDIA_TYPES", "voice, chat")))
                .hasMessageContaining("the tutorial dialect queries one media type; name one");
    }

    @Test
    void missing_credentials_are_refused_with_what_to_do() throws IOException {
        Settings settings = read("");

        assertThatThrownBy(() -> settings.genesys().requireCredentials())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("GENESYS_CLIENT_ID is not set")
                .hasMessageContaining("GENESYS_CLIENT_SECRET is not set")
                .hasMessageContaining("run --sandbox");
    }

    @ParameterizedTest
    @CsvSource({
        "GENESYS_CLIENTID,GENESYS_CLIENT_ID",
        "GENESYS_RETRYS,GENESYS_RETRIES",
        "GENESYS_SOMETHING_ELSE,GENESYS",
        "POLL_CRN,POLL_CRON",
        "BROKER_PASWORD,BROKER_PASSWORD",
        "BROKER_PASSWORD_FIEL,BROKER_PASSWORD_FILE",
        "HISTORY_WINDWO,HISTORY_WINDOW",
        "MANAGEMENT_PROT,MANAGEMENT_PORT",
        "DELIVER_QUEU,DELIVER_QUEUE",
        "CHECKPOINT_REMEMBR,CHECKPOINT_REMEMBER",
        "PRIVACY_ADDRESS,PRIVACY_CUSTOMER_ADDRESS",
        "PRIVACY_NAME,PRIVACY_AGENT_NAME",
        "HISTORY_TTL,HISTORY_CACHE_TTL",
        "NAMES_TTL,NAMES_CACHE_TTL",
        "POLL_TIMEZONE_NAME_OF_THE_MACHINE,POLL_",
        "NOTIFICATIONS_INTERVAL,NOTIFICATIONS_POLL_INTERVAL",
        "ERROR_PAGE_TITLE,ERROR_QUEUE",
        "DATA_SOURCE_URL,DATA_DIR",
        "DATA_PORT,DATA_DIR",
        "BROKER_SERVICE,BROKER_",
        "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE,MANAGEMENT_"
    })
    void a_misspelt_variable_is_refused_with_the_nearest_one(String variable, String meant) {
        assertThatThrownBy(() -> read("", Map.of(variable, "x")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("environment variable " + variable + " is not a setting; did you mean " + meant)
                .hasMessageContaining("start this one without it: env -u " + variable + ".");
    }

    @Test
    void variables_of_others_are_left_alone() throws IOException {
        Files.writeString(config.resolve(SettingsReader.FILE), "poll.mine=x");
        Map<String, String> environment = Map.of(
                "SPRING_DATA_URL", "x",
                "HISTSIZE", "x",
                "DATABASE_URL", "x",
                "PATH", "/bin",
                "POLL_MINE", "y");

        Settings settings = new SettingsReader(environment).read(config, Set.of("poll.mine"), Map.of());

        assertThat(settings.placeholders()).containsEntry("poll.mine", "y");
    }

    /** The variables of a service, as the documentation of Kubernetes lists them. */
    @ParameterizedTest
    @ValueSource(strings = {"BROKER", "DATA", "MANAGEMENT", "POLL_DATABASE", "GENESYS_PROXY"})
    void variables_that_kubernetes_sets_for_a_service_are_no_settings(String service) throws IOException {
        Settings settings = read(
                "",
                Map.of(
                        service + "_SERVICE_HOST", "10.0.0.11",
                        service + "_SERVICE_PORT", "6379",
                        service + "_SERVICE_PORT_HTTP_METRICS", "6380",
                        service + "_PORT", "tcp://10.0.0.11:6379",
                        service + "_PORT_6379_TCP", "tcp://10.0.0.11:6379",
                        service + "_PORT_6379_TCP_PROTO", "tcp",
                        service + "_PORT_6379_TCP_PORT", "6379",
                        service + "_PORT_6379_TCP_ADDR", "10.0.0.11"));

        assertThat(settings.placeholders())
                .containsEntry("broker.port", "61616")
                .containsEntry("management.port", "9876");
    }

    @Test
    void an_empty_variable_is_treated_as_not_set() throws IOException {
        Path secret = Files.writeString(config.resolve("secret"), "\uFEFFfrom-file\n");

        Settings settings = read(
                "history.limit=7",
                Map.of(
                        "HISTORY_LIMIT", "",
                        "POLL_CRON", " ",
                        "BROKER_PASSWORD_FILE", "",
                        "GENESYS_CLIENT_SECRET", "",
                        "GENESYS_CLIENT_SECRET_FILE", secret.toString()));

        assertThat(settings.history().limit()).isEqualTo(7);
        assertThat(settings.placeholders()).containsEntry("poll.cron", "0/15 * * * * ?");
        assertThat(settings.genesys().clientSecret().reveal()).isEqualTo("from-file");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_key() throws IOException {
        assertThat(read("\uFEFFhistory.limit=7").history().limit()).isEqualTo(7);
        assertThat(read("\uFEFF# a comment\r\nhistory.limit=8\r\n").history().limit())
                .isEqualTo(8);
    }

    @Test
    void another_encoding_is_refused_with_the_line() throws IOException {
        Path file = config.resolve(SettingsReader.FILE);
        Files.write(file, "# one\nhistory.limit=7\n# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new SettingsReader(Map.of()).read(config, Set.of(), Map.of()))
                .hasMessageContaining("cannot be read: line 3 is not UTF-8; save the file as UTF-8.");

        Files.write(file, "history.limit=7\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> new SettingsReader(Map.of()).read(config, Set.of(), Map.of()))
                .hasMessageContaining("it is UTF-16; save it as UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\users\\ca.pem", "C:\\temp\\data", "C:\\bridge", "\\server\\share", "D:\\new\\u1"})
    void a_single_backslash_is_refused_with_its_line(String path) {
        assertThatThrownBy(() -> read("# C:\\temp is fine here\ndata.dir=" + path))
                .hasMessageContaining("application.properties line 2: a single backslash. Write paths with /");
    }

    @Test
    void doubled_backslashes_and_escapes_are_read() throws IOException {
        assertThat(read("deliver.queue=a\\u0062\ndata.dir=b\\\\c").queues().enriched())
                .isEqualTo("ab");
    }

    /** Each is accepted alone, and wrong together, or was accepted and did nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "health.poll-max-age=5s | health.poll-max-age: polls are 15 s apart",
                "poll.cron=0 0/2 * * * ? | poll.cron: polls are 120 s apart",
                "genesys.retry-delay=9s | genesys.retry-delay (9s) is above genesys.retry-max-delay (8s)",
                "genesys.retry-max-delay=100ms | genesys.retry-delay (0.5s) is above genesys.retry-max-delay (0.1s)",
                "genesys.answer-timeout=10s | genesys.response-timeout (20s) is above genesys.answer-timeout (10s)",
                "genesys.response-timeout=2m | genesys.response-timeout (2m) is above genesys.answer-timeout (1m)",
                "genesys.requests-per-minute=3 | 3 a minute are too few for a poll every 15 s (poll.cron)",
                "genesys.requests-per-minute=1 | set genesys.requests-per-minute to 4 or more",
                "poll.media-types=voise | 'voise' is not a media type; use all, or some of callback, chat",
                "poll.cron=0 0 0 30 2 ? | never fires again",
                "poll.cron=0 0 0 1 1 ? 2020 | never fires again",
                "notifications.queues=not-a-uuid | 'not-a-uuid' is not an id such as",
                "broker.user=bridge | broker.url is empty; set BROKER_URL",
                "broker.url=tcp:/artemis:61616 | broker.url: 'tcp:/artemis:61616' is not the URL of an Artemis",
                "broker.url=artemis:61616 | is not the URL of an Artemis, such as tcp://artemis:61616",
                "broker.url=amqp://artemis:5672 | is not the URL of an Artemis",
                "broker.url=tcp://a:61616,tcp://b:61616 | several are written (tcp://one:61616,tcp://two:61616)",
                "broker.url=tcp://a b:61616 | is not the URL of an Artemis",
                "genesys.region=api.mypurecloud.de | is a host or a URL; write the domain only: mypurecloud.de",
                "genesys.region=apps.mypurecloud.de | write the domain only: mypurecloud.de",
                "genesys.region=login.euw2.pure.cloud | write the domain only: euw2.pure.cloud",
                "genesys.region=https://apps.mypurecloud.de/directory | write the domain only: mypurecloud.de",
                "genesys.api-url=https://api.mypurecloud.de/api/v2 | it has a path (/api/v2)",
                "genesys.login-url=https://login.mypurecloud.de/oauth/token | it has a path (/oauth/token)"
            })
    void a_contradiction_is_refused_with_its_line_and_what_to_write(String line, String sentence) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("application.properties line 1: ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genesys.retry-delay=8s",
                "genesys.answer-timeout=20s",
                "genesys.requests-per-minute=4",
                "genesys.requests-per-minute=1\npoll.cron=0 * * * * ?"
            })
    void a_value_at_the_bound_of_another_is_no_contradiction(String lines) {
        assertThatCode(() -> read(lines)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EU-Central-1", "eu-central-1", "mypurecloud.de", "MyPureCloud.de"})
    void a_region_is_taken_in_any_case(String region) throws IOException {
        assertThat(read("genesys.region=" + region).genesys().apiUrl()).hasToString("https://api.mypurecloud.de");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://artemis:61616",
                "tcp://artemis",
                "tcp://[::1]:61616?sslEnabled=true",
                "(tcp://a:61616,tcp://b:61616)?ha=true&reconnectAttempts=-1",
                "tcp://user:secret@artemis:61616"
            })
    void a_url_of_an_artemis_is_taken(String url) throws IOException {
        assertThat(read("broker.url=" + url).broker().url()).contains(url);
    }

    @Test
    void a_pause_at_night_is_no_contradiction() throws IOException {
        assertThat(read("poll.cron=0/15 * 8-18 ? * MON-FRI").management().pollMaxAge())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_folder_without_the_file_is_refused() {
        assertThatThrownBy(() -> new SettingsReader(Map.of()).read(config.resolve("no"), Set.of(), Map.of()))
                .hasMessageContaining("no such file. Give the folder that holds it with --config DIR.");
    }

    private Settings read(String properties) throws IOException {
        return read(properties, Map.of());
    }

    private Settings read(String properties, Map<String, String> environment) throws IOException {
        Files.writeString(config.resolve(SettingsReader.FILE), properties);
        return new SettingsReader(environment).read(config, Set.of(), Map.of());
    }
}
