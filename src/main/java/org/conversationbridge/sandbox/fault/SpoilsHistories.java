// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.Random;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** A fault that happens to a share of the questions about what agents did, as long as the sandbox runs. */
abstract class SpoilsHistories implements Fault {
    private final int percent;
    private final Random random;

    /**
     * @param percent of the questions
     * @param seed the same seed spoils the same ones
     */
    SpoilsHistories(int percent, long seed) {
        this.percent = percent;
        this.random = new Random(seed);
    }

    @Override
    public final synchronized SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        boolean isForHistory =
                request.path().endsWith("/details/query") && request.body().contains("\"userId\"");
        return isForHistory && random.nextInt(100) < percent ? instead() : normal.get();
    }

    /** What is answered instead. */
    abstract SandboxAnswer instead();
}
