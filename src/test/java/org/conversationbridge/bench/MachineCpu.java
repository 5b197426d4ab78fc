// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The processor time of this process, and of the whole machine (Linux only): what others took is the difference. */
final class MachineCpu implements AutoCloseable {
    private static final Duration SAMPLED_EVERY = Duration.ofMillis(50);
    private static final Path STAT = Path.of("/proc/stat");
    /** Linux reports in hundredths of a second. */
    private static final double TICKS = 100;
    /** user, nice, system; idle and iowait are left out; irq, softirq, steal. */
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

    private final CpuTrack own = new CpuTrack();
    private final CpuTrack all = new CpuTrack();
    private final Thread sampler = new Thread(this::sample, "machine");

    private MachineCpu() {}

    static MachineCpu watched() {
        MachineCpu machine = new MachineCpu();
        machine.measure();
        machine.sampler.setDaemon(true);
        machine.sampler.start();
        return machine;
    }

    /** Of this process. */
    CpuTrack own() {
        return own;
    }

    /** Of all processes; empty where the system does not report it. */
    Optional<CpuTrack> all() {
        return Files.isReadable(STAT) ? Optional.of(all) : Optional.empty();
    }

    private void sample() {
        while (!Thread.currentThread().isInterrupted()) {
            measure();
            try {
                Thread.sleep(SAMPLED_EVERY.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void measure() {
        ProcessHandle.current().info().totalCpuDuration().ifPresent(cpu -> own.note(cpu.toMillis() / 1e3));
        try (Stream<String> lines = Files.isReadable(STAT) ? Files.lines(STAT) : Stream.empty()) {
            lines.findFirst().ifPresent(line -> all.note(busy(line.split(" +"))));
        } catch (IOException e) {
            throw new IllegalStateException("not readable any more: " + STAT, e);
        }
    }

    private static double busy(String[] words) {
        double ticks = 0;
        for (int word : BUSY) {
            ticks += Double.parseDouble(words[word]);
        }
        return ticks / TICKS;
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
