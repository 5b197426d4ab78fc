// SPDX-License-Identifier: Apache-2.0
/**
 * The connector put together: settings, beans, routes, broker, started and stopped as one. Belongs here: wiring. Does
 * not: anything with a rule in it.
 */
@NullMarked
package org.conversationbridge.bridge;

import org.jspecify.annotations.NullMarked;
