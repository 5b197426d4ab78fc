// SPDX-License-Identifier: Apache-2.0
/**
 * What Genesys Cloud is asked. Belongs here: request bodies ({@code …Query}), one way each to ask for something and to
 * take its answers ({@code …Api}), sequences of requests with their paging ({@code …Walk}). Does not: what a
 * conversation in an answer says ({@code reading}), sending.
 */
@NullMarked
package org.conversationbridge.genesys.query;

import org.jspecify.annotations.NullMarked;
