// SPDX-License-Identifier: Apache-2.0
/**
 * Watches over what would wait forever: a clock that was put back, a send or a receive without an answer, a consumer
 * that the broker no longer knows. Belongs here: noticing it, and breaking it off. Does not: connections (broker),
 * health (health).
 */
@NullMarked
package org.conversationbridge.bridge.watch;

import org.jspecify.annotations.NullMarked;
