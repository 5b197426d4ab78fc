// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which agents are queried together.
 *
 * @param most agents per query
 * @param isAlone whether an agent is queried without others, because a query was refused that was for them alone
 */
record Batches(int most, Predicate<String> isAlone) {
    /** Those who are queried alone come last: by then it is known whether queries are answered at all. */
    List<List<String>> of(List<String> userIds) {
        List<String> together = userIds.stream().filter(isAlone.negate()).toList();
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < together.size(); i += most) {
            batches.add(together.subList(i, Math.min(i + most, together.size())));
        }
        userIds.stream().filter(isAlone).forEach(userId -> batches.add(List.of(userId)));
        return batches;
    }
}
