// SPDX-License-Identifier: Apache-2.0
/**
 * The contact centre that the sandbox plays: who calls, who answers, how each conversation goes, all of it decided by a
 * seed, so that what is true at an instant can be reported without asking the API. Belongs here: scripts and their
 * clock. Does not: JSON, HTTP.
 */
@NullMarked
package org.conversationbridge.sandbox.world;

import org.jspecify.annotations.NullMarked;
