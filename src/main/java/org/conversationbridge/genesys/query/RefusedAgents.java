// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.InvalidRequestException;

/**
 * Finds the agents for whose sake a query for many is refused: the halves are queried until one agent is left, who is
 * set apart; the others are answered. If no query at all is answered, the refusal is not about an agent, and stands.
 * One agent of 50 costs 13 queries. Used by one thread.
 */
final class RefusedAgents {
    /** Answers to a query that can be answered for fewer agents. */
    private static final Set<Integer> OF_SOME = Set.of(400, 404, 413, 414);
    /** Refusals in one look-up after which those who are left are left out of it. */
    static final int MOST = 60;
    /** Refusals without one answer after which it is not about an agent: twice the halvings of the largest batch. */
    static final int MOST_WITHOUT_ANSWER = 14;

    private final Set<String> apart = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();
    private int refusals;
    private boolean isAnswered;

    /** A query was answered. */
    void accepted() {
        isAnswered = true;
    }

    /**
     * Goes on with the halves of the agents whose query was refused, or without the one of whom that is all.
     *
     * @return false if the failure stands
     */
    boolean halve(PageWalk walk, Throwable failure) {
        if (!isOfSome(failure)) {
            return false;
        }
        refusals++;
        List<String> asked = walk.part().userIds();
        List<PageWalk.Part> others = walk.left().stream()
                .filter(part -> !part.userIds().equals(asked))
                .toList();
        if (!isAnswered && (refusals > MOST_WITHOUT_ANSWER || asked.size() == 1 && others.isEmpty())) {
            return false;
        }
        if (asked.size() == 1) {
            apart.addAll(asked);
            walk.replace(others);
        } else {
            int middle = asked.size() / 2;
            walk.replace(Stream.of(asked.subList(0, middle), asked.subList(middle, asked.size()))
                    .flatMap(half -> walk.left().stream()
                            .filter(part -> part.userIds().equals(asked))
                            .map(part -> new PageWalk.Part(part.interval(), half)))
                    .collect(Collectors.collectingAndThen(
                            Collectors.toList(),
                            halves -> Stream.concat(halves.stream(), others.stream())
                                    .toList())));
        }
        if (refusals >= MOST) {
            walk.left().forEach(part -> leftOut.addAll(part.userIds()));
            walk.stop();
        }
        return true;
    }

    private static boolean isOfSome(Throwable failure) {
        return failure instanceof AnswerTooLargeException
                || failure instanceof InvalidRequestException refusal && OF_SOME.contains(refusal.httpStatus());
    }

    Set<String> refused() {
        return Set.copyOf(apart);
    }

    Set<String> leftOut() {
        return Set.copyOf(leftOut);
    }
}
