// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;

/** That something about a conversation changes, and when. */
public record Turn(Story story, Instant at) {}
