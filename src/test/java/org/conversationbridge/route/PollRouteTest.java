// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import org.apache.camel.spi.Registry;
import org.conversationbridge.change.Announcements;
import org.conversationbridge.failure.UnreadableConversations;
import org.conversationbridge.genesys.ActiveConversations;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.settings.Settings;

/** A route of the poll, with the real beans. */
abstract class PollRouteTest extends RouteTest {
    protected final Announcements announcements = new Announcements(clock);
    protected final UnreadableConversations unreadable = new UnreadableConversations(clock);
    protected Poller poller;

    @Override
    protected void bind(Registry registry) {
        Settings settings = read();
        Privacy privacy = new Privacy(settings.privacy());
        poller = new Poller(
                new PollRequests(),
                new ActiveConversations(
                        settings.poll(),
                        settings.genesys().dialect(),
                        settings.history().maxInterval(),
                        clock),
                announcements,
                unreadable,
                polls,
                settings.poll().changesPerPage(),
                privacy);
        registry.bind("poller", poller);
        registry.bind(
                "parking", new Parking(unreadable, polls, org.conversationbridge.bridge.Json.mapper(), clock, privacy));
        registry.bind("genesysReply", new GenesysReply());
    }
}
