// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.gap;

import java.time.Instant;

/**
 * A time in which nobody looked.
 *
 * @param from begin of the last poll that went through
 * @param to begin of the first poll after it
 */
public record Gap(Instant from, Instant to) {}
