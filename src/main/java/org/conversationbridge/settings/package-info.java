// SPDX-License-Identifier: Apache-2.0
/**
 * What an administrator may set, read from {@code application.properties} and the environment and checked before
 * anything starts. Belongs here: keys, units, ranges, where a value came from. Does not: what the values are used for.
 */
@NullMarked
package org.conversationbridge.settings;

import org.jspecify.annotations.NullMarked;
