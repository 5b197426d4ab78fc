// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;

/**
 * A measurement of a session.
 *
 * @param value milliseconds, or a count
 * @param emitted when analytics reports it first
 */
public record Metric(String name, long value, Instant emitted) {}
