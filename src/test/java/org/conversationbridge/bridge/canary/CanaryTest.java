// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is anywhere, and customer data only in the bodies of messages, whatever goes wrong. */
class CanaryTest {
    /** Results, pages on their way, and what is parked: to be read again, or by somebody. */
    private static final List<String> CUSTOMERS_BELONG_INTO = List.of(
            "JMS bodies, genesys.conversations.enriched",
            "JMS bodies, genesys.conversations.current",
            "JMS bodies, genesys.conversations.pages",
            "JMS bodies, genesys.conversations.error",
            "JMS bodies, genesys.poll.replays",
            // What the run sends there; the bridge never does.
            "JMS bodies, genesys.poll.requests");

    /** Nothing can be planted on these from outside. */
    private static final List<String> NOT_TO_BE_PLANTED =
            List.of("management, /observe/info", "settings, as text and for routes");

    @TempDir
    private Path folder;

    @Test
    void no_surface_shows_a_secret_and_a_planted_canary_is_found_on_each() throws Exception {
        Surfaces planted = new Surfaces(Planted.canaries());
        CanaryRun run = new CanaryRun(Files.createDirectories(folder.resolve("data")));
        try (run) {
            OtherBridges others = new OtherBridges(run);
            run.start();
            run.everyFault();
            run.strayMessages();
            run.replay();
            run.waitingPage();
            WrongSettings.searchInto(run);
            others.notLetIn();
            others.refused(folder.resolve("refusing-broker"));
            others.told(folder.resolve("told"));
            others.givenUp(folder.resolve("given-up"));
            others.portTaken(folder.resolve("taken"));
            others.inItsOwnProcess(Files.createDirectories(folder.resolve("process")));
            new Everywhere(run, planted).plantAndSearch(folder);
            run.brokerGone();
        }
        System.out.println(run.surfaces().table());

        assertThat(run.failures().missing()).as("failures that were not met").isEmpty();
        assertFlowed(run.surfaces());
        run.surfaces().all().forEach(CanaryTest::assertClean);
        assertFound(planted, run.surfaces());
    }

    @Test
    void each_form_of_a_canary_is_recognized() {
        for (Canary canary : Planted.canaries()) {
            for (String form : canary.examples()) {
                Surface surface = new Surface("any", Planted.canaries());
                surface.add("before" + form + " after");
                assertThat(surface.hits()).as(form).containsOnlyKeys(canary.name());
            }
        }
    }

    /** What is looked for was there. */
    private static void assertFlowed(Surfaces surfaces) {
        Set<String> flowed = CUSTOMERS_BELONG_INTO.stream()
                .flatMap(body -> surfaces.of(body).hits().keySet().stream())
                .collect(Collectors.toSet());
        assertThat(flowed)
                .containsAll(Canary.customers().stream().map(Canary::name).toList());
        assertThat(surfaces.of(CanaryRun.CREDENTIALS).hits()).containsOnlyKeys("token", "client secret");
    }

    private static void assertClean(Surface surface) {
        assertThat(surface.texts()).as(surface.name()).isPositive();
        if (!surface.name().equals(CanaryRun.CREDENTIALS)) {
            assertThat(surface.hits(Canary.Kind.SECRET))
                    .as("secrets on %s: %s", surface.name(), surface.examples())
                    .isZero();
        }
        if (!CUSTOMERS_BELONG_INTO.contains(surface.name())) {
            assertThat(surface.hits(Canary.Kind.CUSTOMER))
                    .as("customer data on %s: %s", surface.name(), surface.examples())
                    .isZero();
        }
    }

    private static void assertFound(Surfaces planted, Surfaces searched) {
        List<String> names = new ArrayList<>(searched.names());
        names.removeAll(NOT_TO_BE_PLANTED);
        for (String name : names) {
            assertThat(planted.of(name).hits().keySet())
                    .as("planted on %s", name)
                    .containsAll(Planted.canaries().stream().map(Canary::name).toList());
        }
    }
}
