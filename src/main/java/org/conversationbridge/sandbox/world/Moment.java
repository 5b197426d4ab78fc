// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an administrator would say of a conversation from an instant on.
 *
 * @param agentUserId who has it; the empty text for none
 * @param queueId where it waits, or where who has it got it from; the empty text for none
 * @param mediaType the one that it is about
 * @param roles of everybody else who is or was on it, by user id
 * @param auxiliary media that only accompany
 */
public record Moment(
        String state,
        String agentUserId,
        String queueId,
        String mediaType,
        Map<String, String> roles,
        Set<String> auxiliary) {

    public Moment {
        roles = java.util.Collections.unmodifiableMap(new TreeMap<>(roles));
        auxiliary = java.util.Collections.unmodifiableSet(new TreeSet<>(auxiliary));
    }
}
