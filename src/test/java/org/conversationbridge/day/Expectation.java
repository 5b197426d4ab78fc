// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.day;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.Truth.Standing;
import org.conversationbridge.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has to receive at each poll, from the scripts and what they received before. Completions are
 * no part of it: they come later.
 */
final class Expectation {
    private static final Standing OVER = new Standing("ended", "", "");

    private final World world;
    private final Truth truth;
    private final Map<String, Standing> told = new HashMap<>();

    Expectation(World world) {
        this.world = world;
        this.truth = new Truth(world);
    }

    /**
     * The event types of each conversation that a poll at an instant has to report; {@code started} and so on.
     *
     * @param gapFrom time of the last successful poll, if that is so long ago that what no poll saw is reported as well
     */
    Map<String, List<String>> at(Instant poll, @Nullable Instant gapFrom) {
        Map<String, Standing> standings = truth.standings(poll);
        Map<String, List<String>> expected = new TreeMap<>();
        for (Story script : world.begun(poll)) {
            if (script.start().equals(poll)) {
                continue; // the interval of a query ends before the instant
            }
            String id = script.conversationId();
            List<String> types = types(script, Optional.ofNullable(standings.get(id)), poll, gapFrom);
            if (!types.isEmpty()) {
                expected.put(id, types);
                told.put(id, standings.getOrDefault(id, OVER));
            }
        }
        return expected;
    }

    private List<String> types(Story script, Optional<Standing> now, Instant poll, @Nullable Instant gapFrom) {
        Standing last = told.get(script.conversationId());
        List<String> types = new ArrayList<>();
        if (last == null && (now.isPresent() || isUnseen(script, poll, gapFrom))) {
            types.add("started");
        } else if (last != null && now.isPresent() && !now.get().equals(last)
                || OVER.equals(last) && now.isEmpty() && isOpenedAgainUnseen(script, poll, gapFrom)) {
            types.add("updated");
        }
        boolean isTold = last != null || !types.isEmpty();
        if (isTold && now.isEmpty() && (!OVER.equals(last) || !types.isEmpty())) {
            types.add("ended");
        }
        return types;
    }

    private static boolean isUnseen(Story script, Instant poll, @Nullable Instant gapFrom) {
        return gapFrom != null
                && script.endedBy(poll).filter(end -> !end.isBefore(gapFrom)).isPresent();
    }

    /** It was over when somebody looked last, and has ended since. */
    private static boolean isOpenedAgainUnseen(Story script, Instant poll, @Nullable Instant gapFrom) {
        return gapFrom != null && script.endedBy(poll).filter(gapFrom::isBefore).isPresent();
    }
}
