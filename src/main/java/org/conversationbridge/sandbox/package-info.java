// SPDX-License-Identifier: Apache-2.0
/**
 * A Genesys Cloud to try against: token endpoint, active conversations, details query, rate limit and faults, as the
 * Platform API and as the tutorial answer. Belongs here: the API's side. Nothing outside the command line may depend on
 * it.
 */
@NullMarked
package org.conversationbridge.sandbox;

import org.jspecify.annotations.NullMarked;
