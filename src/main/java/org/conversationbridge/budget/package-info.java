// SPDX-License-Identifier: Apache-2.0
/**
 * How many requests may still be sent to Genesys Cloud. Belongs here: counting requests and reading the rate-limit headers.
 * Does not: the throttle itself (the send-request route).
 */
@NullMarked
package org.conversationbridge.budget;

import org.jspecify.annotations.NullMarked;
