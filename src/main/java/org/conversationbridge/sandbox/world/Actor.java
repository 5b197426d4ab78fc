// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.util.ArrayList;
import java.util.List;

/** A participant while the story is being written. */
final class Actor {
    final String id;
    final String purpose;
    final String userId;
    private final Telling telling;
    private final String name;
    private final String queueId;
    private final List<Leg> legs = new ArrayList<>();
    private String consults = "";

    Actor(Telling telling, String purpose, String userId, String name, String queueId) {
        this.telling = telling;
        this.id = telling.id();
        this.purpose = purpose;
        this.userId = userId;
        this.name = name;
        this.queueId = queueId;
    }

    /** One more medium, from now on. */
    Leg leg(String mediaType, String direction, String segmentType) {
        Leg leg = new Leg(telling, this, queueId, mediaType, direction);
        legs.add(leg);
        return leg.goes(segmentType);
    }

    /** Another asks this one for advice. */
    Actor consultedBy(Leg other) {
        consults = other.actor().id;
        return this;
    }

    boolean isAgent() {
        return purpose.equals("agent") || purpose.equals("user");
    }

    Part part() {
        return new Part(
                id,
                purpose,
                userId,
                name,
                queueId,
                consults,
                legs.stream().map(Leg::session).toList());
    }
}
