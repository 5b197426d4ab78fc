// SPDX-License-Identifier: Apache-2.0
/**
 * How JSON of Genesys Cloud becomes conversations, completions and histories, whichever API it came from. Belongs here:
 * readers, and what they need to know of participants, sessions and times. Does not: how the JSON was requested ({@code
 * query}), rules of state and agent ({@code conversation}).
 */
@NullMarked
package org.conversationbridge.genesys.reading;

import org.jspecify.annotations.NullMarked;
