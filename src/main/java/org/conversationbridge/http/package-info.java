// SPDX-License-Identifier: Apache-2.0
/**
 * The plumbing of HTTP requests to Genesys Cloud. Belongs here: what camel-http is given for each request and answer:
 * the bearer token, the limits of an answer. Does not: what is requested (genesys), when (the send-request route).
 */
@NullMarked
package org.conversationbridge.http;

import org.jspecify.annotations.NullMarked;
