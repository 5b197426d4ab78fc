// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A process of its own, as an administrator starts it; its output, both streams, line by line. */
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Of this process, on Linux. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final int SIGINT = 2;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Writer copy;
    private final Thread reader;

    private Program(Process process, Writer copy) {
        this.process = process;
        this.copy = copy;
        this.reader = new Thread(this::read, "output");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** Starts it in a folder, with the variables added to this process's environment. */
    public static Program start(Path folder, Map<String, String> environment, String... command) throws IOException {
        return start(folder, environment, Writer.nullWriter(), command);
    }

    /** The same; its output is also kept in a file. */
    public static Program startLogged(Path folder, Map<String, String> environment, Path log, String... command)
            throws IOException {
        return start(folder, environment, Files.newBufferedWriter(log), command);
    }

    private static Program start(Path folder, Map<String, String> environment, Writer copy, String... command)
            throws IOException {
        List<String> whole = new ArrayList<>(listening());
        whole.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
        removeSettings(builder.environment());
        // An Artemis names its garbage collector itself.
        builder.environment().put("JAVA_ARGS_APPEND", "-XX:TieredStopAtLevel=1");
        builder.environment().put("CLASS_CACHE", SharedClasses.cache());
        builder.environment().putAll(environment);
        return new Program(builder.start(), copy);
    }

    /** What the process that starts the tests may have set is not for the programs that they start. */
    static void removeSettings(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.matches("(GENESYS|POLL|BROKER|MANAGEMENT|DATA)_.*|JAVA_OPTS"));
    }

    /**
     * What lets a program listen to SIGINT again where this process ignores it, as a shell's background jobs do and
     * hand on to what they start; it replaces itself by the program.
     */
    private static List<String> listening() throws IOException {
        return ignoresInterrupt() ? List.of("env", "--default-signal=INT") : List.of();
    }

    private static boolean ignoresInterrupt() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return false;
        }
        try (Stream<String> status = Files.lines(STATUS)) {
            return status.filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring(line.indexOf(':') + 1).strip(), 16))
                    .anyMatch(ignored -> ((ignored >> (SIGINT - 1)) & 1) == 1);
        }
    }

    /** The lines so far. */
    public List<String> lines() {
        return lines;
    }

    /** All of its output so far. */
    public String output() {
        return String.join("\n", lines);
    }

    /** Waits for a line in which the pattern occurs. */
    public String line(String pattern) {
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

    /** How it is shown to everybody on the machine. */
    public String commandLine() {
        return process.info().commandLine().orElseThrow();
    }

    /** The id of its process. */
    public long pid() {
        return process.pid();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("did not end:\n" + output());
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    /** Sends it SIGINT, as Ctrl-C does, and gives the time until its end. */
    Duration interrupt() throws Exception {
        long begin = System.nanoTime();
        signal("INT");
        exitCode();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Sends it SIGTERM, as a supervisor does, and waits for its end. */
    int terminate() throws Exception {
        signal("TERM");
        return exitCode();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws Exception {
        signal("KILL");
        process.waitFor();
    }

    /** Lets it stand still. */
    public void suspend() throws Exception {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() throws Exception {
        signal("CONT");
    }

    /** The scripts replace themselves by the JVM, so that a signal reaches it; until then they have children. */
    private void signal(String name) throws Exception {
        Awaitility.await("the script has replaced itself by the program")
                .atMost(PATIENCE)
                .until(() -> process.descendants().findAny().isEmpty());
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
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
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                copy) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                copy.write(line + "\n");
                copy.flush();
            }
        } catch (IOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
    }
}
