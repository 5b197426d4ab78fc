// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All that decides how a conversation goes.
 *
 * @param mediaType of it, if the kind leaves the choice
 * @param steps milliseconds from one thing that happens to the next, over and over
 * @param seed of the ids and of who takes part
 */
public record Plan(Kind kind, String mediaType, Set<Twist> twists, List<Integer> steps, long seed) {
    /** What conversations may be about. */
    public static final List<String> MEDIA = List.of("voice", "message", "chat", "email");

    public Plan {
        twists = twists.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(twists));
        steps = List.copyOf(steps);
    }
}
