// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.OAuthServer;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.fault.AnswersServerError;
import org.conversationbridge.sandbox.fault.AnswersTooManyRequests;
import org.conversationbridge.sandbox.fault.DropsConnection;
import org.conversationbridge.sandbox.fault.DropsConnectionMidBody;
import org.conversationbridge.sandbox.fault.RevokesToken;
import org.conversationbridge.sandbox.fault.StallsAnswer;
import org.conversationbridge.sandbox.fault.TruncatesJson;

/** Spoils every tenth request to the API or so, each in a way that Genesys Cloud or the way to it has. */
final class Weather implements Fault {
    private static final double SHARE = 0.1;

    private final Random random;
    private final List<Supplier<Fault>> faults;
    private final AtomicInteger count = new AtomicInteger();

    /** @param stall longer than the connector waits */
    Weather(long seed, OAuthServer oauth, Duration stall) {
        this.random = new Random(seed);
        this.faults = List.of(
                () -> new AnswersServerError(1, 503),
                () -> new AnswersServerError(1, 500),
                () -> new AnswersTooManyRequests(1, "1", 1),
                () -> new DropsConnection(1),
                () -> new DropsConnectionMidBody(1),
                () -> new TruncatesJson(1),
                () -> new RevokesToken(1, oauth),
                () -> new StallsAnswer(1, stall));
    }

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        if (!request.isForApi() || random.nextDouble() >= SHARE) {
            return normal.get();
        }
        count.incrementAndGet();
        return faults.get(random.nextInt(faults.size())).get().answer(request, normal);
    }

    /** Requests spoilt. */
    int count() {
        return count.get();
    }
}
