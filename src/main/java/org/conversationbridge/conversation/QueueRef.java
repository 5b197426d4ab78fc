// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A Genesys Cloud queue.
 *
 * @param name absent if the answer had only the id (analytics)
 */
public record QueueRef(String id, @Nullable String name) {}
