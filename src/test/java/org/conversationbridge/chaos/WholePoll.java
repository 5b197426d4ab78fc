// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.time.Instant;
import java.util.Set;

/**
 * A poll all of whose pages were answered, followed by another one of the same process.
 *
 * @param connector who polled
 * @param from when its first page was answered
 * @param to when its last page was answered
 * @param next when the first page of the next poll was answered
 * @param found the conversations on its pages: one that slips between two pages while they are read is not among them
 */
record WholePoll(String connector, Instant from, Instant to, Instant next, Set<String> found) {}
