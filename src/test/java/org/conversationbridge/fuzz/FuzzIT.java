// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutations of real answers on their way to messages: nothing fails but by its name. {@link FuzzSoakIT} takes a
 * million.
 */
class FuzzIT {
    private static final long SEED = 20_261_120;
    private static final int INPUTS = 20_000;
    private static final Journey JOURNEY = new Journey();
    private static final Path KEPT = Path.of("src/test/resources/fuzz");

    static List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource
    void kept(Path file) throws IOException {
        String name = file.getFileName().toString();
        Source source = Arrays.stream(Source.values())
                .filter(one -> name.startsWith(one + "-"))
                .max(Comparator.comparing(one -> one.toString().length()))
                .orElseThrow();

        assertThat(JOURNEY.outcome(new Input(0, source, Files.readAllBytes(file))))
                .startsWith(source.toString());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void twenty_thousand_mutations_are_read_or_refused_by_name() {
        FuzzRun run = new FuzzRun(JOURNEY::outcome, SEED, Path.of("target/fuzz")).over(INPUTS);

        System.out.println(run.line());
        assertThat(run.failures()).isEmpty();
        assertThat(run.line()).startsWith("fuzz inputs=" + INPUTS + " ");
        assertThat(run.outcomes()).hasSizeGreaterThan(500);
    }

    @Test
    void a_reader_that_throws_anything_else_is_found(@TempDir Path failed) {
        FuzzRun run = new FuzzRun(
                        input -> {
                            if (input.source() == Source.TUTORIAL) {
                                throw new IndexOutOfBoundsException("planted");
                            }
                            return "fine";
                        },
                        SEED,
                        failed)
                .over(1_000);

        assertThat(run.failures())
                .hasSize(10)
                .allSatisfy(failure ->
                        assertThat(failure).contains("tutorial-").contains("IndexOutOfBoundsException: planted"));
        assertThat(failed)
                .isDirectoryContaining(file -> file.getFileName().toString().startsWith("tutorial-"));
        assertThat(run.line()).endsWith(" distinct-outcomes=1 failures=10 seed=" + SEED);
    }
}
