// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.conversationbridge.text.ForeignText;

/** Many inputs, one after the other. Those that fail are written to files, to be kept in src/test/resources/fuzz. */
final class FuzzRun {
    private static final int MOST_FAILURES = 10;

    private final Function<Input, String> target;
    private final Path failed;
    private final Set<String> outcomes = new TreeSet<>();
    private final List<String> failures = new ArrayList<>();
    private final long seed;
    private long inputs;

    /**
     * @param target gives the outcome, or throws
     * @param failed folder for the inputs that fail
     */
    FuzzRun(Function<Input, String> target, long seed, Path failed) {
        this.target = target;
        this.seed = seed;
        this.failed = failed;
    }

    /** Tries so many inputs, fewer where ten have failed. */
    FuzzRun over(long count) {
        Mutations mutations = new Mutations(seed);
        for (long i = 0; i < count && failures.size() < MOST_FAILURES; i++) {
            attempt(mutations.input(i));
        }
        return this;
    }

    /** Whatever went wrong, with the file that holds the input. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Each once. */
    Set<String> outcomes() {
        return Set.copyOf(outcomes);
    }

    /** The line of the result. */
    String line() {
        return "fuzz inputs=" + inputs + " distinct-outcomes=" + outcomes.size() + " failures=" + failures.size()
                + " seed=" + seed;
    }

    private void attempt(Input input) {
        inputs++;
        try {
            outcomes.add(target.apply(input));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            failures.add(keep(input) + ": " + input + ": "
                    + trace.toString()
                            .lines()
                            .limit(15)
                            .map(line -> ForeignText.printable(line, 300))
                            .toList());
        }
    }

    private Path keep(Input input) {
        try {
            return Files.write(Files.createDirectories(failed).resolve(input.fileName()), input.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
