// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same for longer, each time with another seed. System properties: {@code fuzz.inputs}, {@code fuzz.seed}. */
@Tag("soak")
class FuzzSoakIT {
    @Test
    void a_million_mutations_are_read_or_refused_by_name() {
        long inputs = Long.getLong("fuzz.inputs", 1_000_000);
        long seed = Long.getLong("fuzz.seed", System.currentTimeMillis());

        FuzzRun run = new FuzzRun(new Journey()::outcome, seed, Path.of("target/fuzz")).over(inputs);

        System.out.println(run.line());
        assertThat(run.failures()).isEmpty();
        assertThat(run.line()).startsWith("fuzz inputs=" + inputs + " ");
    }
}
