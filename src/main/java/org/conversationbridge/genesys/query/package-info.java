// SPDX-License-Identifier: Apache-2.0
/**
 * What is requested of Genesys Cloud. Belongs here: request bodies ({@code …Query}), one way each to query something and to
 * take its answers ({@code …Api}), sequences of requests with their paging ({@code …Walk}). Does not: what a
 * conversation in an answer says ({@code reading}), sending.
 */
@NullMarked
package org.conversationbridge.genesys.query;

import org.jspecify.annotations.NullMarked;
