// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.util.List;

/** Whose history is wanted: what the agent-history route takes. */
public interface AgentsWanted {
    /** User ids, each once; empty if no agent has the conversation. */
    List<String> agentUserIds();
}
