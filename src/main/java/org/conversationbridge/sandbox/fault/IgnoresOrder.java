// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers every details query with the conversation first that began first, whatever order is requested. */
public final class IgnoresOrder implements Fault {
    private static final Pattern ORDER = Pattern.compile("\"order(By)?\":\"\\w+\",?");

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return normal.get();
    }

    @Override
    public SandboxRequest seen(SandboxRequest request) {
        return new SandboxRequest(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                ORDER.matcher(request.body()).replaceAll(""));
    }
}
