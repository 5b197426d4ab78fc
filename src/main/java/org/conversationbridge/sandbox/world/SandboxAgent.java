// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** An agent of the sandbox. */
public record SandboxAgent(String userId, String name) {}
