// SPDX-License-Identifier: Apache-2.0
/**
 * Periods without a successful poll. Belongs here: when there was one, what was found of it. Does not: how Genesys
 * Cloud is queried ({@code genesys}).
 */
@NullMarked
package org.conversationbridge.gap;

import org.jspecify.annotations.NullMarked;
