// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Polls after the first one, each requested when the one before is through: some in which a part of the conversations
 * has changed, then some in which nothing has. The figures are means of these polls.
 */
final class SteadyRun {
    private static final Pattern POLL =
            Pattern.compile("poll found=(\\d+) changed=(\\d+) delivered=(\\d+) .*took=(\\d+)ms");
    private static final String DELIVERED = "delivered";
    private static final int IDLE_POLLS = 5;
    /** What a poll leaves to do, after its line, is not to be paid by the next one. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration ARRIVAL = Duration.ofSeconds(10);

    private final Rig rig;
    private final Scenario scenario;
    private final Path folder;

    SteadyRun(Rig rig, Scenario scenario, Path folder) {
        this.rig = rig;
        this.scenario = scenario;
        this.folder = folder;
    }

    Figures measure(Peer peer, int conversations, int run) throws Exception {
        Path files = Rig.folder(folder, peer + "-" + conversations + "-" + run);
        rig.empty();
        try (LoadGenerator generator = LoadGenerator.start(files, scenario, conversations);
                Arrivals arrivals = Arrivals.listen(rig);
                MachineCpu machine = MachineCpu.watched()) {
            Map<String, String> environment = new HashMap<>(rig.environment());
            environment.putAll(generator.environment());
            try (Launched program = peer.start(files, peer.toString(), scenario, environment, 0, 0)) {
                program.line("poll found=", 1, scenario.timeout());
                arrivals.await(generator.live(), ARRIVAL, program::isAlive);
                int atFirst = arrivals.count();
                long begin = System.nanoTime();
                int percent = scenario.number("change-percent");
                List<Figures> busy = polls(program, generator, scenario.number("polls"), conversations * percent / 100);
                List<Figures> idle = polls(program, generator, IDLE_POLLS, 0);
                long end = System.nanoTime();
                int wanted = atFirst + delivered(busy) + delivered(idle);
                arrivals.await(wanted, ARRIVAL, program::isAlive);
                Figures figures = new Figures()
                        .put("messages-of-first-poll", atFirst)
                        .put("missing", wanted - arrivals.count())
                        .put("doubled", arrivals.doubled());
                Figures.means(busy).values().forEach(figures::put);
                Figures.means(idle).values().forEach((name, value) -> figures.put("idle-" + name, value));
                new Cores(rig.broker(), Optional.of(generator), machine).putInto(figures, List.of(program), begin, end);
                return figures.put("heap-peak-mb", program.peakHeapMb())
                        .put("heap-collected-mb", program.peakCollectedMb())
                        .put("resident-peak-mb", program.peakResidentMb());
            }
        }
    }

    private List<Figures> polls(Launched program, LoadGenerator generator, int polls, int changes) throws Exception {
        Duration every = Duration.ofSeconds(scenario.number("poll-every-s"));
        List<Figures> measured = new ArrayList<>();
        for (int poll = 1; poll <= polls; poll++) {
            int lines = program.lines("poll found=").size();
            generator.change(changes);
            int requests = generator.count().requests();
            long written = rig.added(Rig.CHECKPOINT);
            double cpu = program.cpu().last();
            double brokerCpu = brokerCpuSeconds();
            long begin = System.nanoTime();
            rig.requestPoll();
            String line = program.line("poll found=", lines + 1, scenario.timeout());
            double seconds = (System.nanoTime() - begin) / 1e9;
            double used = program.cpu().last() - cpu;
            double brokerUsed = brokerCpuSeconds() - brokerCpu;
            Matcher form = POLL.matcher(line);
            if (!form.find()) {
                throw new IllegalStateException("not the line of a poll: " + line);
            }
            int found = Integer.parseInt(form.group(1));
            int asked = generator.count().requests() - requests;
            int pages = (found + GenesysReader.PAGE - 1) / GenesysReader.PAGE;
            measured.add(new Figures()
                    .put("found", found)
                    .put("changed", Integer.parseInt(form.group(2)))
                    .put(DELIVERED, Integer.parseInt(form.group(3)))
                    .put("poll-s", seconds)
                    .put("poll-cpu-ms", used * 1e3)
                    .put("poll-broker-cpu-ms", brokerUsed * 1e3)
                    .put("requests", asked)
                    .put("requests-beyond-pages", asked - pages)
                    .put("checkpoint-messages", rig.added(Rig.CHECKPOINT) - written));
            Thread.sleep(Math.max(PAUSE.toMillis(), every.toMillis() - (System.nanoTime() - begin) / 1_000_000));
        }
        return measured;
    }

    private static int delivered(List<Figures> polls) {
        return polls.stream()
                .mapToInt(poll -> poll.get(DELIVERED).orElse(0.0).intValue())
                .sum();
    }

    private double brokerCpuSeconds() {
        return rig.broker().map(broker -> broker.cpu().last()).orElse(0.0);
    }
}
