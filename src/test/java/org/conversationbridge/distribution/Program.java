// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A process of its own, as an administrator starts it; its output, both streams, line by line. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** Starts it in a folder, with the variables added to this process's environment. */
    static Program start(Path folder, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(GENESYS|POLL|BROKER|MANAGEMENT|DATA)_.*"));
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /** The lines so far. */
    List<String> lines() {
        return lines;
    }

    /** All of its output so far. */
    String output() {
        return String.join("\n", lines);
    }

    /** Waits for a line in which the pattern occurs. */
    String line(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Awaitility.await(pattern)
                .atMost(PATIENCE)
                .failFast(() -> {
                    if (!reader.isAlive() && !contains(wanted)) {
                        throw new AssertionError("ended without '" + pattern + "':\n" + output());
                    }
                })
                .until(() -> contains(wanted));
        return lines.stream()
                .filter(line -> wanted.matcher(line).find())
                .findFirst()
                .orElseThrow();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("did not end:\n" + output());
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    /** Sends it SIGINT, as Ctrl-C does, and gives the time until its end. */
    Duration interrupt() throws Exception {
        long begin = System.nanoTime();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        exitCode();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private boolean contains(Pattern wanted) {
        return lines.stream().anyMatch(line -> wanted.matcher(line).find());
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
    }
}
