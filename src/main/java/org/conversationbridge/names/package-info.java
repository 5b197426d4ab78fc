// SPDX-License-Identifier: Apache-2.0
/**
 * What queues, users and wrap-up codes are called. Belongs here: the names known at the moment, and which are to be
 * requested. Does not: how Genesys Cloud is queried ({@code genesys}, the look-up-names route).
 */
@NullMarked
package org.conversationbridge.names;

import org.jspecify.annotations.NullMarked;
