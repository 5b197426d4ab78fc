// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A process of a benchmark: its output in a file, its processor time from its start on, its memory. Whatever still runs
 * when this JVM ends is ended, too.
 */
final class Launched implements AutoCloseable {
    private static final Duration SAMPLED_EVERY = Duration.ofMillis(50);
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final long begin;
    private final Path log;
    private final Path collections;
    private final List<String> lines = new ArrayList<>();
    private final CpuTrack cpu = new CpuTrack();
    private final Thread reader;
    private final Thread sampler;
    private volatile double peakResidentMb;
    private volatile boolean isClosing;

    private Launched(Process process, long begin, Path log, Path collections) {
        this.process = process;
        this.begin = begin;
        this.log = log;
        this.collections = collections;
        RUNNING.add(process);
        this.reader = daemon(this::read, "output");
        this.sampler = daemon(this::sample, "sampler");
    }

    /**
     * Starts one.
     *
     * @param folder where its output is kept, in NAME.log, and the log of its garbage collector, if it takes the option
     *     {@link #collectorLog}
     */
    static Launched start(Path folder, String name, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(variable ->
                        variable.matches("(GENESYS|POLL|BROKER|MANAGEMENT|DATA|PAGE|HISTORY|NAMES)_.*|JAVA_OPTS|"
                                + "JAVA_TOOL_OPTIONS|JAVA_ARGS.*"));
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        return new Launched(builder.start(), begin, folder.resolve(name + ".log"), collections(folder, name));
    }

    /** The option of a JVM that is to be started with that name, so that its heap can be told. */
    static String collectorLog(Path folder, String name) {
        return "-Xlog:gc:file=" + collections(folder, name);
    }

    private static Path collections(Path folder, String name) {
        return folder.resolve(name + ".gc.log").toAbsolutePath();
    }

    /** When it was started, as {@link System#nanoTime} counts. */
    long begin() {
        return begin;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /** The lines so far that contain a text. */
    List<String> lines(String text) {
        synchronized (lines) {
            return lines.stream().filter(line -> line.contains(text)).toList();
        }
    }

    /** Waits until so many lines contain a text, and gives the last of them. */
    String line(String text, int number, Duration patience) {
        Awaitility.await(text + " in " + log)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> lines(text).size() >= number || !reader.isAlive());
        List<String> found = lines(text);
        if (found.size() < number) {
            throw new IllegalStateException("ended without '" + text + "': " + log);
        }
        return found.get(number - 1);
    }

    /** Waits for its end; false where it does not come in time. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Its processor time from its start on. */
    CpuTrack cpu() {
        measure();
        return cpu;
    }

    /** The most memory it has had in RAM; empty where the system does not tell (other than Linux). */
    Optional<Double> peakResidentMb() {
        measure();
        return peakResidentMb == 0 ? Optional.empty() : Optional.of(peakResidentMb);
    }

    /** The most that its heap held, garbage included; empty before the first collection. */
    Optional<Double> peakHeapMb() {
        return heap(1);
    }

    /** The most that its heap held after a collection; empty before the first one. */
    Optional<Double> peakCollectedMb() {
        return heap(2);
    }

    private Optional<Double> heap(int group) {
        if (!Files.exists(collections)) {
            return Optional.empty();
        }
        try (Stream<String> written = Files.lines(collections)) {
            return written.map(COLLECTION::matcher)
                    .filter(Matcher::find)
                    .map(found -> Double.valueOf(found.group(group)))
                    .max(Double::compare);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sample() {
        while (process.isAlive()) {
            measure();
            try {
                Thread.sleep(SAMPLED_EVERY.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void measure() {
        process.info().totalCpuDuration().ifPresent(taken -> cpu.note(taken.toMillis() / 1e3));
        Path status = Path.of("/proc/" + process.pid() + "/status");
        try (Stream<String> facts = Files.exists(status) ? Files.lines(status) : Stream.empty()) {
            facts.filter(fact -> fact.startsWith("VmHWM:"))
                    .forEach(fact -> peakResidentMb = Double.parseDouble(fact.replaceAll("\\D", "")) / 1024);
        } catch (IOException | UncheckedIOException e) {
            // It has ended meanwhile.
            return;
        }
    }

    private void read() {
        try (BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer copy = Files.newBufferedWriter(log)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                copy.write(line + "\n");
                copy.flush();
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            // Java closes the output of a process that is destroyed.
            if (!isClosing) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        isClosing = true;
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            reader.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
        sampler.interrupt();
    }
}
