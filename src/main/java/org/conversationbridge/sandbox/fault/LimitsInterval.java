// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Refuses any details query over more than some time: there are too many results, or the interval is too long. */
public final class LimitsInterval implements Fault {
    private static final Pattern INTERVAL = Pattern.compile("\"interval\":\"([^/\"]+)/([^\"]+)\"");

    private final Duration longest;
    private final String words;

    /** Answers that there are too many results. */
    public LimitsInterval(Duration longest) {
        this(longest, "Pagination may not exceed 100000 results.");
    }

    /** @param words of the answer */
    public LimitsInterval(Duration longest, String words) {
        this.longest = longest;
        this.words = words;
    }

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        Matcher interval = INTERVAL.matcher(request.body());
        boolean tooLong = interval.find()
                && Duration.between(Instant.parse(interval.group(1)), Instant.parse(interval.group(2)))
                                .compareTo(longest)
                        > 0;
        return tooLong ? Refusal.of(400, "bad.request", words) : normal.get();
    }
}
