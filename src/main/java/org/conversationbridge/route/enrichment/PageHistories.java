// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import java.util.Map;
import org.conversationbridge.history.AgentHistory;

/**
 * The histories that were looked up for a page. The page carries them: a page may be in work for longer than the cache
 * keeps a history, and a conversation at its end is not to miss what was found for it.
 *
 * @param byAgent by user id; those of agents whose look-up failed are absent
 */
public record PageHistories(Map<String, AgentHistory> byAgent) {
    static final PageHistories NONE = new PageHistories(Map.of());

    public PageHistories {
        byAgent = Map.copyOf(byAgent);
    }
}
