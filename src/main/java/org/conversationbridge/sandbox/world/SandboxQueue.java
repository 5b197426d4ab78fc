// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** A queue of the sandbox. */
public record SandboxQueue(String id, String name) {}
