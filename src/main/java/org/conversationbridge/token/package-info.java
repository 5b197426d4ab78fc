// SPDX-License-Identifier: Apache-2.0
/**
 * The bearer token of the OAuth client: fetched once for all, renewed in time, dropped when refused. Belongs here: the
 * token endpoint and the token's life. Does not: the requests it is used for. Camel's own OAuth2 of camel-http is not
 * used; see the decision record on it.
 */
@NullMarked
package org.conversationbridge.token;

import org.jspecify.annotations.NullMarked;
