// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.TreeSet;
import org.conversationbridge.sandbox.SandboxSettings;

/** Has a sandbox answer every page, and the histories of the agents of the first ones, before a peer asks it. */
final class WarmUp {
    private static final int PAGES_WITH_HISTORIES = 20;

    private final GenesysReader reader;

    WarmUp(URI url) throws Exception {
        SandboxSettings settings = SandboxSettings.defaults();
        this.reader = new GenesysReader(url, settings.clientId(), settings.clientSecret());
    }

    /** The number of live conversations. */
    int walk() throws Exception {
        int live = reader.live(1).path("totalHits").asInt();
        int pages = (live + GenesysReader.PAGE - 1) / GenesysReader.PAGE;
        for (int number = 1; number <= pages; number++) {
            JsonNode conversations = reader.live(number).path("conversations");
            if (number <= PAGES_WITH_HISTORIES) {
                TreeSet<String> agents = new TreeSet<>();
                conversations.findValuesAsText("userId", new ArrayList<>()).forEach(agents::add);
                reader.finished(agents.stream().limit(50).toList(), 1);
            }
        }
        return live;
    }
}
