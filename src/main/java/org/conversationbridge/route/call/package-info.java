// SPDX-License-Identifier: Apache-2.0
/**
 * The beans of the routes that call Genesys Cloud, from ask-next to send-request, and of their error policy. Belongs
 * here: the next request of an enquiry, throttle, check and retry of a request as steps of a route. Does not: the HTTP client (http), what failures mean (genesys).
 */
@NullMarked
package org.conversationbridge.route.call;

import org.jspecify.annotations.NullMarked;
