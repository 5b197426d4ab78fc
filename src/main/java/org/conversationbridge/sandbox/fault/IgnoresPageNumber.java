// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers every page of a listing or a details query with the first one that was requested. */
public final class IgnoresPageNumber implements Fault {
    private static final Pattern NUMBER = Pattern.compile("&?pageNumber=(\\d+)|\"pageNumber\":(\\d+)");

    private final Map<String, SandboxAnswer> first = new ConcurrentHashMap<>();

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        if (!request.isForApi()) {
            return normal.get();
        }
        String asked = request.path() + "?" + request.query() + " " + request.body();
        String number = NUMBER.matcher(asked)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .findFirst()
                .orElse("1");
        String anyPage = NUMBER.matcher(asked).replaceAll("");
        if (number.equals("1")) {
            SandboxAnswer answer = normal.get();
            first.put(anyPage, answer);
            return answer;
        }
        return first.getOrDefault(anyPage, normal.get());
    }
}
