// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shows_or_sends_what_the_running_broker_has_parked() throws Exception {
        MovableClock clock = new MovableClock();
        try (TestBridge test = TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), clock), folder.resolve("data"), Map.of(), clock)) {
            String error = test.settings().queues().error();
            test.send(error, "no message of ours");

            assertThat(replay("--dry-run")).as(err.toString()).isZero();
            assertThat(out.toString()).contains("KEPT", "0 would be sent for reprocessing, 1 kept");
            assertThat(test.depth(error)).isEqualTo(1);

            assertThat(replay("--select", "errorCode = 'HISTORY_UNAVAILABLE'")).isZero();
            assertThat(out.toString()).contains("0 sent for reprocessing, 0 kept");

            assertThat(replay("--select", "errorCode =")).isEqualTo(2);
            assertThat(err.toString()).contains("--select \"errorCode =\" is not a JMS selector.", "single quotes");
        }
    }

    @Test
    void says_what_to_set_when_there_is_no_broker() throws Exception {
        assertThat(replay()).isEqualTo(1);
        assertThat(err.toString()).contains("BROKER_URL is not set, and no broker was started in");
    }

    private int replay(String... options) throws Exception {
        Files.writeString(folder.resolve("application.properties"), "data.dir=" + folder.resolve("data"));
        List<String> arguments = new ArrayList<>(List.of("replay"));
        arguments.addAll(List.of("--config", folder.toString(), "--routes", "routes"));
        arguments.addAll(List.of(options));
        CommandLine command = ConversationBridge.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments.toArray(String[]::new));
    }
}
