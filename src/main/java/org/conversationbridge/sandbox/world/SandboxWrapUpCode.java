// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** A wrap-up code of the sandbox. */
public record SandboxWrapUpCode(String id, String name) {}
