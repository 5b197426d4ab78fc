// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers that the response is too large for any details query of more than some page size. */
public final class LimitsPage implements Fault {
    private static final Pattern PAGE_SIZE = Pattern.compile("\"pageSize\":(\\d+)");

    private final int largest;

    public LimitsPage(int largest) {
        this.largest = largest;
    }

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        Matcher pageSize = PAGE_SIZE.matcher(request.body());
        return pageSize.find() && Integer.parseInt(pageSize.group(1)) > largest
                ? Refusal.of(
                        400,
                        "response.entity.too.large",
                        "The response is over the size limit. Reduce pageSize or expand list to reduce response size if"
                                + " applicable")
                : normal.get();
    }
}
