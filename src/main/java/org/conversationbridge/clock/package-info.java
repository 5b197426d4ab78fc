// SPDX-License-Identifier: Apache-2.0
/**
 * What time it is. Belongs here: a clock that cannot be set, for durations, and Genesys Cloud's clock, for times that
 * are reported or kept. Does not: what is due when.
 */
@NullMarked
package org.conversationbridge.clock;

import org.jspecify.annotations.NullMarked;
