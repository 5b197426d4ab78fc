// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;

/** Requests that the API refuses. */
public final class Refusals {
    private Refusals() {}

    /** What a request means that is answered with this status and an error of Genesys Cloud. */
    public static Exception of(GenesysRequest request, int status) {
        try {
            new AnswerCheck(URI.create("https://api.example.com"), Duration.ofSeconds(1), Clock.systemUTC())
                    .check(
                            request,
                            new GenesysAnswer(
                                    status,
                                    new GenesysAnswer.Headers(Map.of()),
                                    "{\"code\":\"refused\",\"message\":\"refused\",\"status\":" + status + "}"));
            throw new AssertionError("accepted");
        } catch (GenesysException e) {
            return e;
        }
    }
}
