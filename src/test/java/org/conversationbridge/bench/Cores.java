// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who keeps how many processors busy: a peer, the broker, the sandbox, this process (the consumer), and others, who
 * disturb what is measured.
 */
record Cores(Optional<Launched> broker, Optional<LoadGenerator> sandbox, MachineCpu machine) {

    /** Adds it to the figures, for the time between two instants as {@link System#nanoTime} counts. */
    void putInto(Figures figures, List<Launched> peers, long from, long to) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put(
                "cores-peer",
                peers.stream().mapToDouble(peer -> peer.cpu().between(from, to)).sum());
        broker.ifPresent(process -> seconds.put("cores-broker", process.cpu().between(from, to)));
        sandbox.ifPresent(generator ->
                seconds.put("cores-sandbox", generator.process().cpu().between(from, to)));
        seconds.put("cores-consumer", machine.own().between(from, to));
        double known =
                seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        machine.all().ifPresent(all -> seconds.put("cores-others", Math.max(0, all.between(from, to) - known)));
        seconds.forEach((name, busy) -> figures.put(name, busy * 1e9 / (to - from)));
    }
}
