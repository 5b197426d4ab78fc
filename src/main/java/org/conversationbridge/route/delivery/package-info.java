// SPDX-License-Identifier: Apache-2.0
/**
 * The beans of the routes that deliver a page, park what cannot be delivered and replay it: enrich-page,
 * deliver-conversation, park-conversation, work-on-replays and those that they call. Belongs here: adapters between the
 * message in work and its delivery. Does not: what the message says (delivery).
 */
@NullMarked
package org.conversationbridge.route.delivery;

import org.jspecify.annotations.NullMarked;
