// SPDX-License-Identifier: Apache-2.0
/**
 * What can be known of the expressions of routes before the first message comes. Belongs here: types that flow from
 * step to step, values that are fixed. Does not: what Camel finds by itself, and where in a file it stands.
 */
@NullMarked
package org.conversationbridge.expression;

import org.jspecify.annotations.NullMarked;
