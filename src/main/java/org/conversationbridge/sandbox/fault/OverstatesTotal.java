// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** States more rows than there are: in {@code total} of a listing, in {@code totalHits} of a details query. */
public final class OverstatesTotal implements Fault {
    private static final Pattern TOTAL = Pattern.compile("\"(total|totalHits)\":(\\d+)");

    private final int more;

    /** @param more so many */
    public OverstatesTotal(int more) {
        this.more = more;
    }

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        SandboxAnswer answer = normal.get();
        if (answer.status() != 200 || !request.isForApi()) {
            return answer;
        }
        return answer.with(
                200,
                TOTAL.matcher(answer.body())
                        .replaceAll(
                                found -> "\"" + found.group(1) + "\":" + (Integer.parseInt(found.group(2)) + more)));
    }
}
