// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import org.jspecify.annotations.Nullable;

/**
 * The customer's side.
 *
 * @param address phone number, mail address or visitor id, as Genesys Cloud writes it
 */
public record Customer(
        @Nullable String participantId,
        @Nullable String address,
        @Nullable String externalContactId) {}
