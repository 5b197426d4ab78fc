// SPDX-License-Identifier: Apache-2.0
/**
 * The beans of the routes that deliver a page, park what cannot be delivered and replay it (30, 35, 60 to 62). Belongs
 * here: adapters between the message in work and its delivery. Does not: what the message says (delivery).
 */
@NullMarked
package org.conversationbridge.route.delivery;

import org.jspecify.annotations.NullMarked;
