// SPDX-License-Identifier: Apache-2.0
/**
 * What the management port reports: readiness and metrics of the bridge's own. Belongs here: health checks and meters.
 * Does not: what they measure.
 */
@NullMarked
package org.conversationbridge.health;

import org.jspecify.annotations.NullMarked;
