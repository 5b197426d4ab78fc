// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.gap;

import java.time.Instant;

/**
 * A period without a successful poll.
 *
 * @param from start of the last poll that went through
 * @param to start of the first poll after it
 */
public record Gap(Instant from, Instant to) {}
