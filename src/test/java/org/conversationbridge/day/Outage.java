// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.day;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How an outage was closed.
 *
 * @param report as it was on the event queue
 * @param unseen conversations that in truth began or ended meanwhile
 * @param requests for what began or ended, when each was answered, in nanoseconds
 */
record Outage(JsonNode report, int unseen, List<Long> requests) {
    private static final double NANOS_PER_MINUTE = 60e9;

    /** Requests per minute while they were made. */
    double requestsPerMinute() {
        long nanos = requests.get(requests.size() - 1) - requests.get(0);
        return (requests.size() - 1) * NANOS_PER_MINUTE / nanos;
    }

    /** The line of the comparison. */
    String summary() {
        return "outage from=" + report.path("from").asText() + " to="
                + report.path("to").asText() + " found="
                + report.path("found").asInt() + " true=" + unseen + " sent="
                + report.path("sent").asInt() + " requests=" + requests.size() + " per-minute="
                + Math.round(requestsPerMinute());
    }
}
