// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.util.function.Supplier;

/** Something that goes wrong on the way: it may answer instead of the API, or spoil the API's answer. */
@FunctionalInterface
public interface Fault {
    /**
     * The answer to a request.
     *
     * @param normal the answer without this fault
     */
    SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal);

    /** The request as the API sees it: part of it may be ignored. */
    default SandboxRequest seen(SandboxRequest request) {
        return request;
    }
}
