// SPDX-License-Identifier: Apache-2.0
/**
 * The beans of the routes that call Genesys Cloud (50, 51) and of their error policy. Belongs here: throttle, check and
 * retry of a request as steps of a route. Does not: the HTTP client (http), what failures mean (genesys).
 */
@NullMarked
package org.conversationbridge.route.call;

import org.jspecify.annotations.NullMarked;
