// SPDX-License-Identifier: Apache-2.0
/**
 * A contact centre over a simulated day, the whole connector beside it on the same clock, and an oracle that knows what
 * every poll has to lead to.
 */
@NullMarked
package org.conversationbridge.day;

import org.jspecify.annotations.NullMarked;
