// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where it was measured.
 *
 * @param loadBefore runnable threads of the whole machine in the last minute before the benchmark; of an idle machine
 *     about 0
 */
record Machine(double loadBefore) {
    static Machine now() {
        return new Machine(load());
    }

    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    @Override
    public String toString() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + memory() + "OpenJDK "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name") + ", load average "
                + Figures.text(loadBefore) + " before";
    }

    private static String memory() {
        Path facts = Path.of("/proc/meminfo");
        try (Stream<String> lines = Files.exists(facts) ? Files.lines(facts) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .map(line -> Math.round(Double.parseDouble(line.replaceAll("\\D", "")) / 1024 / 1024) + " GiB, ")
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
