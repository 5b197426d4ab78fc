// SPDX-License-Identifier: Apache-2.0
/**
 * What is checked of routes before they run, so that a mistake is reported with its file, its line and what to do.
 * Belongs here: the route files as written, what they promise, the failures of Camel's own check in plain words. Does
 * not: types of expressions (expression), settings (settings).
 */
@NullMarked
package org.conversationbridge.routecheck;

import org.jspecify.annotations.NullMarked;
