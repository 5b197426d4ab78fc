// SPDX-License-Identifier: Apache-2.0
/**
 * What can go wrong, by name: each case says what was tried, what came back and what happens next, and has a stable
 * code that the documentation lists. Belongs here: the named cases. Does not: what is done about them (routes).
 */
@NullMarked
package org.conversationbridge.failure;

import org.jspecify.annotations.NullMarked;
