// SPDX-License-Identifier: Apache-2.0
/**
 * What an agent did lately: finished conversations, their wrap-up codes and durations, numbers and averages; kept per
 * agent for a while. Belongs here: that knowledge and its cache. Does not: how it is requested (genesys).
 */
@NullMarked
package org.conversationbridge.history;

import org.jspecify.annotations.NullMarked;
