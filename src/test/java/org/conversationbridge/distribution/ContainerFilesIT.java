// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be checked of the container files without a container engine: docker-compose reads them. */
class ContainerFilesIT {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Map<String, String> ANSWERS =
            Map.of("BROKER_PASSWORD", "secret", "GENESYS_CLIENT_ID", "id", "GENESYS_CLIENT_SECRET", "secret");

    @TempDir
    private Path folder;

    @Test
    void compose_reads_the_file_with_and_without_the_sandbox() throws Exception {
        try (Program real = config(PROJECT.resolve("docker-compose.yml"), ANSWERS)) {
            assertThat(real.exitCode()).as(real.output()).isZero();
            assertThat(real.output())
                    .contains("artemis:", "bridge:")
                    .containsPattern("/config/artemis:\\S*/etc-override");
        }
        try (Program sandbox = config(PROJECT.resolve("docker-compose.yml"), ANSWERS, "--profile", "sandbox")) {
            assertThat(sandbox.exitCode()).as(sandbox.output()).isZero();
            assertThat(sandbox.output()).contains("sandbox:");
        }
    }

    /** But for those that the image, or the container's own ports and folders, decide. */
    @Test
    void compose_hands_every_setting_on() throws Exception {
        Set<String> decided = Set.of(
                "DATA_DIR",
                "MANAGEMENT_HOST",
                "MANAGEMENT_PORT",
                "BROKER_HOST",
                "BROKER_PORT",
                "BROKER_KEY_STORE",
                "BROKER_KEY_STORE_PASSWORD",
                "BROKER_URL");
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(PROJECT.resolve("config/application.properties"))) {
            settings.load(file);
        }
        Map<String, String> environment = new TreeMap<>();
        for (String key : settings.stringPropertyNames()) {
            String name = SettingsReader.environmentName(key);
            if (!decided.contains(name)) {
                environment.put(name, "given-" + key);
            }
        }

        try (Program real = config(PROJECT.resolve("docker-compose.yml"), environment)) {
            assertThat(real.exitCode()).as(real.output()).isZero();
            String output = real.output();
            assertThat(environment)
                    .allSatisfy((name, value) -> assertThat(output).contains(name + ": " + value));
        }
    }

    @Test
    void a_missing_password_is_named() throws Exception {
        try (Program refused = config(
                PROJECT.resolve("docker-compose.yml"),
                Map.of("GENESYS_CLIENT_ID", "id", "GENESYS_CLIENT_SECRET", "s"))) {
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.output()).contains("set BROKER_PASSWORD to a password of your choice");
        }
    }

    @Test
    void restarts_end_memory_is_limited_and_versions_are_fixed() throws Exception {
        try (Program all = config(PROJECT.resolve("docker-compose.yml"), ANSWERS, "--profile", "sandbox")) {
            assertThat(all.exitCode()).as(all.output()).isZero();
            String output = all.output();
            assertThat(output).doesNotContain("unless-stopped", "restart: always", ":latest");
            assertThat(output).containsPattern("image: apache/artemis:\\d+\\.\\d+\\.\\d+");
            assertThat(output.split("restart: on-failure:5", -1)).hasSize(4);
            assertThat(output.split("mem_limit: ", -1)).hasSize(4);
        }
    }

    /** A plain variable that is set and empty is accepted; one that is forgotten is named. */
    @Test
    void secrets_may_stand_in_files() throws Exception {
        Map<String, String> files = Map.of(
                "GENESYS_CLIENT_ID", "id",
                "BROKER_PASSWORD", "",
                "BROKER_PASSWORD_FILE", "/run/secrets/broker",
                "GENESYS_CLIENT_SECRET", "",
                "GENESYS_CLIENT_SECRET_FILE", "/run/secrets/client",
                "PRIVACY_HASH_KEY_FILE", "/run/secrets/key",
                "SECRETS_DIR", folder.toString());
        try (Program real = config(PROJECT.resolve("docker-compose.yml"), files)) {
            assertThat(real.exitCode()).as(real.output()).isZero();
            String output = real.output();
            assertThat(output.split("BROKER_PASSWORD_FILE: /run/secrets/broker", -1))
                    .hasSize(3);
            assertThat(output)
                    .contains("GENESYS_CLIENT_SECRET_FILE: /run/secrets/client")
                    .contains("PRIVACY_HASH_KEY_FILE: /run/secrets/key")
                    .contains(folder + ":/run/secrets");
        }
    }

    @Test
    void the_image_is_healthy_while_live_and_keeps_no_routes_in_a_volume() throws Exception {
        String dockerfile = Files.readString(PROJECT.resolve("Dockerfile"));

        assertThat(dockerfile).contains("GET /observe/health/live ").doesNotContain("health/ready");
        assertThat(dockerfile.lines().filter(line -> line.startsWith("VOLUME"))).containsExactly("VOLUME [\"/data\"]");
    }

    @Test
    void a_misspelt_key_would_be_found() throws Exception {
        Path misspelt = folder.resolve("docker-compose.yml");
        Files.writeString(
                misspelt,
                Files.readString(PROJECT.resolve("docker-compose.yml")).replace("healthcheck:", "healthchek:"));
        try (Program refused = config(misspelt, ANSWERS)) {
            assertThat(refused.exitCode()).isNotZero();
        }
    }

    private Program config(Path file, Map<String, String> environment, String... options) throws Exception {
        var command = new java.util.ArrayList<>(java.util.List.of("docker-compose", "-f", file.toString()));
        command.addAll(java.util.List.of(options));
        command.add("config");
        return Program.start(folder, environment, command.toArray(String[]::new));
    }
}
