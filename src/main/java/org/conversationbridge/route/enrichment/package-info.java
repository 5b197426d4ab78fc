// SPDX-License-Identifier: Apache-2.0
/**
 * The beans of the routes that look up histories of agents and names: agent-history, look-up-names,
 * note-missing-history, complete-histories and those that it calls. Belongs here: adapters of those look-ups, and what is
 * done without their answers. Does not: how answers are read (genesys), what is kept (history,
 * names).
 */
@NullMarked
package org.conversationbridge.route.enrichment;

import org.jspecify.annotations.NullMarked;
