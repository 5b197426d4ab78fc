// SPDX-License-Identifier: Apache-2.0
/**
 * Times in which nobody looked. Belongs here: when there was one, what was found of it. Does not: how Genesys Cloud is
 * asked for it ({@code genesys}).
 */
@NullMarked
package org.conversationbridge.gap;

import org.jspecify.annotations.NullMarked;
