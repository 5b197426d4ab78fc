// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.canary;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is anywhere, and customer data only in the bodies of results, pages and parked originals. */
class CanaryTest {
    @TempDir
    private Path dataDir;

    @Test
    void no_surface_shows_what_does_not_belong_there() throws Exception {
        CanaryRun run = new CanaryRun(dataDir);
        try (run) {
            run.start();
            System.out.println("STEP start " + System.nanoTime() / 1000000000);
            run.everyFault();
            System.out.println("STEP everyFault " + System.nanoTime() / 1000000000);
            run.strayMessages();
            System.out.println("STEP strayMessages " + System.nanoTime() / 1000000000);
            run.replay();
            System.out.println("STEP replay " + System.nanoTime() / 1000000000);
            run.waitingPage();
            System.out.println("STEP waitingPage " + System.nanoTime() / 1000000000);
            run.wrongSettings();
            System.out.println("STEP wrongSettings " + System.nanoTime() / 1000000000);
            run.refusedByBroker();
            System.out.println("STEP refusedByBroker " + System.nanoTime() / 1000000000);
            run.brokerGone();
            System.out.println("STEP brokerGone " + System.nanoTime() / 1000000000);
        }
        System.out.println("STEP closed " + System.nanoTime() / 1000000000);
        System.out.println(run.surfaces().table());
        for (Surface s : run.surfaces().all()) {
            for (Canary.Kind k : Canary.Kind.values()) {
                if (!s.name().startsWith("JMS bodies"))
                    s.examples(k).forEach(e -> System.out.println("HIT " + k + " " + e.replace('\n', ' ')));
            }
        }
    }
}
