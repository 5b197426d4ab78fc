// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One start with an empty broker, until the message of every live conversation has arrived. The start, up to the first
 * message, the rate from the first message to the last one, and what follows, are figures of their own.
 */
final class ColdRun {
    private static final Duration DRAIN = Duration.ofSeconds(60);
    /** Below so many messages a part of them says nothing. */
    private static final int LEAST_PARTED = 4_000;
    /** What arrives within this time is one commit or a few: it has no rate. */
    private static final double LEAST_SECONDS = 0.2;

    private final Rig rig;
    private final Scenario scenario;
    private final Path folder;
    /** Of a message of the program, as last seen; 0 before that. */
    private int characters;

    ColdRun(Rig rig, Scenario scenario, Path folder) {
        this.rig = rig;
        this.scenario = scenario;
        this.folder = folder;
    }

    Figures measure(Peer peer, int conversations, int processes, int run) throws Exception {
        Path files = Rig.folder(folder, peer + "-" + conversations + "-" + processes + "-" + run);
        rig.empty();
        if (!peer.asksGenesys()) {
            return measure(peer, conversations, processes, files, Optional.empty());
        }
        try (LoadGenerator generator = LoadGenerator.start(files, scenario, conversations)) {
            return measure(peer, conversations, processes, files, Optional.of(generator));
        }
    }

    private Figures measure(Peer peer, int conversations, int processes, Path files, Optional<LoadGenerator> generator)
            throws Exception {
        int live = generator.map(LoadGenerator::live).orElse(conversations);
        int wanted = scenario.most(peer.toString(), live);
        Map<String, String> environment = new HashMap<>(rig.environment());
        generator.ifPresent(sandbox -> environment.putAll(sandbox.environment()));
        List<Launched> launched = new ArrayList<>();
        try (Arrivals arrivals = Arrivals.listen(rig);
                MachineCpu machine = MachineCpu.watched()) {
            for (int number = 1; number <= processes; number++) {
                launched.add(peer.start(files, peer + "-" + number, scenario, environment, wanted, characters));
            }
            arrivals.await(wanted, scenario.timeout(), () -> launched.stream().anyMatch(Launched::isAlive));
            if (arrivals.count() < wanted) {
                System.out.println("incomplete: " + peer + " sent " + arrivals.count() + " of " + wanted + ", then it "
                        + (launched.get(0).isAlive() ? "ran out of time" : "ended") + "; its log is in " + files);
            }
            long done = awaitDone(peer, launched, wanted == live && arrivals.count() >= wanted);
            linger(launched.get(0).begin());
            if (peer.isProgram() && arrivals.characters() > 0) {
                characters = arrivals.characters();
            }
            return figures(launched, arrivals, wanted, done, machine, generator);
        } finally {
            for (Launched process : launched) {
                process.close();
            }
        }
    }

    /** When it says that it is done; 0 where it does not say, or has not delivered everything. */
    private static long awaitDone(Peer peer, List<Launched> launched, boolean isDelivered) throws Exception {
        if (!isDelivered) {
            return 0;
        }
        if (peer.ends()) {
            return launched.get(0).awaitEnd(DRAIN) ? System.nanoTime() : 0;
        }
        if (peer.doneLine().isEmpty() || launched.size() > 1) {
            return 0;
        }
        launched.get(0).line(peer.doneLine().get(), 1, DRAIN);
        return System.nanoTime();
    }

    /** Whoever compiles for long after the first message pays for that as well. */
    private void linger(long begin) throws InterruptedException {
        long left = Duration.ofSeconds(scenario.number("linger-s")).toNanos() - (System.nanoTime() - begin);
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left).toMillis());
        }
    }

    private Figures figures(
            List<Launched> launched,
            Arrivals arrivals,
            int wanted,
            long done,
            MachineCpu machine,
            Optional<LoadGenerator> generator)
            throws Exception {
        int count = arrivals.count();
        Figures figures = new Figures()
                .put("messages", count)
                .put("missing", Math.max(0, wanted - count))
                .put("doubled", arrivals.doubled())
                .put("without-history", arrivals.incomplete());
        if (count > 1) {
            rates(figures, launched, arrivals, count, done, machine, generator);
        }
        figures.put(
                        "cpu-s",
                        launched.stream()
                                .mapToDouble(process -> process.cpu().last())
                                .sum())
                .put(
                        "heap-peak-mb",
                        largest(launched.stream().map(Launched::peakHeapMb).toList()))
                .put(
                        "heap-collected-mb",
                        largest(launched.stream().map(Launched::peakCollectedMb).toList()))
                .put(
                        "resident-peak-mb",
                        largest(launched.stream().map(Launched::peakResidentMb).toList()));
        if (generator.isPresent()) {
            LoadGenerator.Count requests = generator.get().count();
            figures.put("requests", requests.requests())
                    .put("requests-per-conversation", (double) requests.requests() / Math.max(1, count))
                    .put("requests-refused", requests.refused())
                    .put("requests-early", requests.early());
        }
        if (rig.broker().isPresent()) {
            figures.put("broker-current-mb", rig.megabytes(Rig.CURRENT))
                    .put("broker-resident-peak-mb", rig.broker().get().peakResidentMb());
        }
        return figures.put("characters", arrivals.characters());
    }

    private void rates(
            Figures figures,
            List<Launched> launched,
            Arrivals arrivals,
            int count,
            long done,
            MachineCpu machine,
            Optional<LoadGenerator> generator) {
        long begin = launched.get(0).begin();
        long first = arrivals.at(0);
        long last = arrivals.at(count - 1);
        double seconds = seconds(first, last);
        figures.put("launch-to-first-s", seconds(begin, first))
                .put("launch-to-last-s", seconds(begin, last))
                .put("drain-s", done == 0 ? Optional.empty() : Optional.of(Math.max(0, seconds(last, done))))
                .put("cpu-to-first-s", cpu(launched, begin, first));
        if (seconds < LEAST_SECONDS) {
            return;
        }
        figures.put("rate-per-s", (count - 1) / seconds)
                .put("cpu-ms-per-conversation", cpu(launched, first, last) * 1e3 / count);
        if (count >= LEAST_PARTED) {
            figures.put("warm-rate-per-s", (count - 1 - count / 4) / seconds(arrivals.at(count / 4), last));
            part(figures, launched, arrivals, "second-quarter", count / 4, count / 2 - 1);
            part(figures, launched, arrivals, "last-quarter", count - count / 4, count - 1);
        }
        new Cores(rig.broker(), generator, machine).putInto(figures, launched, first, last);
    }

    private static void part(
            Figures figures, List<Launched> launched, Arrivals arrivals, String name, int from, int to) {
        long begin = arrivals.at(from);
        long end = arrivals.at(to);
        figures.put(name + "-cpu-ms-per-conversation", cpu(launched, begin, end) * 1e3 / (to - from));
    }

    private static double cpu(List<Launched> launched, long from, long to) {
        return launched.stream()
                .mapToDouble(process -> process.cpu().between(from, to))
                .sum();
    }

    private static Optional<Double> largest(List<Optional<Double>> values) {
        return values.stream().flatMap(Optional::stream).max(Double::compare);
    }

    private static double seconds(long from, long to) {
        return Math.max(1, to - from) / 1e9;
    }
}
