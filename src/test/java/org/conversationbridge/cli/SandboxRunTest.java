// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conversationbridge.LogCapture;
import org.conversationbridge.notification.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code run --sandbox} with settings that the sandbox has to complete. */
class SandboxRunTest {
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path config;

    @Test
    void notifications_cover_the_sandboxs_queues_if_none_are_named() throws Exception {
        try (LogCapture log = LogCapture.of(Channel.class)) {
            assertThat(run("8s", "")).as(out.toString()).isZero();

            assertThat(log.messages()).contains("notifications connected topics=3");
        }
        assertThat(out.toString().lines())
                .anyMatch(line -> line.contains("conversation.updated"))
                .last()
                .asString()
                .matches("(\\d+) messages delivered; .* in \\1 of \\1");
    }

    @Test
    void queues_that_are_named_stay() throws Exception {
        try (LogCapture log = LogCapture.of(Channel.class)) {
            assertThat(run("2s", "notifications.users=00000000-0000-4000-8000-00000000dead\n"))
                    .as(out.toString())
                    .isZero();

            assertThat(log.messages())
                    .contains("notifications connected topics=1")
                    .anyMatch(line ->
                            line.contains("v2.users.00000000-0000-4000-8000-00000000dead.conversations refused"));
        }
    }

    /** Without a poll but the first. */
    private int run(String duration, String more) throws Exception {
        String shipped = Files.readString(Path.of("config/application.properties"));
        Files.writeString(
                config.resolve("application.properties"),
                shipped.replaceAll(
                                "(?m)^(poll\\.cron|poll\\.source|broker\\.port|management\\.port|data\\.dir|notifications\\.users)=.*\n",
                                "")
                        + "poll.cron=0 0 0 1 1 ? 2099\npoll.source=notifications\nbroker.port=0\nmanagement.port=0\n"
                        + "data.dir=" + config.resolve("data") + "\n"
                        + more);
        CommandLine command = ConversationBridge.commandLine();
        command.setOut(new PrintWriter(out, true));
        return command.execute(
                "run", "--sandbox", "--for", duration, "--longest", "20s", "--config", config.toString());
    }
}
