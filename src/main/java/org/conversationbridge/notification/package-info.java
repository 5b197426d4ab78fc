// SPDX-License-Identifier: Apache-2.0
/**
 * The notifications of Genesys Cloud: channels, their sockets, and what they reported that is still to be announced.
 */
@NullMarked
package org.conversationbridge.notification;

import org.jspecify.annotations.NullMarked;
