// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import org.apache.camel.spi.Registry;
import org.conversationbridge.Fixtures;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.OldestMessages;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.NotDeliveredException;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.UnreadableConversations;
import org.conversationbridge.genesys.query.ActiveConversations;
import org.conversationbridge.genesys.query.LookBack;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.poll.Pause;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.poll.Vanished;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.route.call.GenesysReply;
import org.conversationbridge.route.delivery.Parking;
import org.conversationbridge.route.delivery.Replays;
import org.conversationbridge.route.enrichment.MissingHistories;
import org.conversationbridge.route.poll.CheckpointStore;
import org.conversationbridge.route.poll.Corrections;
import org.conversationbridge.route.poll.Endings;
import org.conversationbridge.route.poll.Gaps;
import org.conversationbridge.route.poll.Poller;
import org.conversationbridge.settings.Settings;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** A route of the poll, with the real beans. */
abstract class PollRouteTest extends RouteTest {
    protected final Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED);
    protected final RecordedTransactions transactions = new RecordedTransactions();
    /** How often the backlog is found not delivered. */
    protected int checksInVain;

    protected final Vanished vanished = new Vanished();
    protected boolean isSpared;
    protected final PollRequests requests = new PollRequests(() -> isSpared, Duration.ofMinutes(1), clock);

    protected boolean isTold;
    protected boolean isAnnouncer = true;
    protected boolean isTakeOver;
    protected final UnreadableConversations unreadable = new UnreadableConversations(clock);
    protected final FixedCurrentQueue currentQueue = new FixedCurrentQueue();
    protected Poller poller;

    @Override
    protected void bind(Registry registry) {
        Settings settings = read();
        Privacy privacy = new Privacy(settings.privacy());
        LookBack lookBack = new LookBack(settings.history().maxInterval());
        AgentHistories histories = new AgentHistories(
                settings.history().cacheTtl(), settings.history().retryAfter(), clock);
        poller = new Poller(
                requests,
                new ActiveConversations(settings.poll(), settings.genesys().dialect(), lookBack, clock),
                unreadable,
                new Pause(clock),
                polls,
                settings.poll().changesPerPage(),
                settings.poll().partitions(),
                clock,
                privacy,
                vanished);
        registry.bind("pollRequests", requests);
        registry.bind("poller", poller);
        registry.bind(
                "parking", new Parking(unreadable, polls, org.conversationbridge.bridge.Json.mapper(), clock, privacy));
        registry.bind("genesysReply", new GenesysReply());
        registry.bind("pageTransaction", transactions.policy());
        registry.bind("checkpoint", checkpointStore(settings));
        registry.bind("corrections", corrections(settings));
        registry.bind(
                "endings", new Endings(settings.ending(), settings.genesys().dialect(), privacy, clock, clock));
        registry.bind(
                "gaps",
                new Gaps(
                        settings.reconcile(),
                        settings.poll(),
                        settings.genesys().dialect(),
                        lookBack,
                        since -> isTold,
                        isTold,
                        histories::oldest,
                        polls,
                        privacy,
                        clock));
        registry.bind("histories", histories(histories, settings));
        registry.bind(
                "missingHistories",
                new MissingHistories(
                        new OldestMessages(
                                new JmsPoolConnectionFactory(),
                                new QueueResolver(new BrokerQueues(settings.queues())),
                                settings.queues().missingHistories(),
                                new ForeignMessages(new JmsPoolConnectionFactory(), "errors")),
                        histories,
                        settings.history(),
                        settings.poll(),
                        clock,
                        org.conversationbridge.bridge.Json.mapper()));
        registry.bind("backlog", new FixedBacklog());
        registry.bind("received", new TakenMessage());
        QueueResolver queues = new QueueResolver(new BrokerQueues(settings.queues()));
        registry.bind(
                "replays",
                new Replays(
                        new QueueView(new JmsPoolConnectionFactory(), queues),
                        settings.queues().replays()));
        registry.bind("notifications", new FixedPosition());
        registry.bind("currentQueue", currentQueue);
    }

    /** Its queue is read in tests of the whole only. */
    private CheckpointStore checkpointStore(Settings settings) {
        QueueResolver queues = new QueueResolver(new BrokerQueues(settings.queues()));
        return new CheckpointStore(
                new QueueView(new JmsPoolConnectionFactory(), queues),
                new ForeignMessages(new JmsPoolConnectionFactory(), "errors"),
                settings.queues().checkpoint(),
                settings.poll().remembered(),
                settings.ending(),
                polls,
                org.conversationbridge.bridge.Json.mapper());
    }

    /** Its queue is read in tests of the whole only. */
    private Corrections corrections(Settings settings) {
        QueueResolver queues = new QueueResolver(new BrokerQueues(settings.queues()));
        return new Corrections(
                new OldestMessages(
                        new JmsPoolConnectionFactory(),
                        queues,
                        settings.queues().corrections(),
                        new ForeignMessages(new JmsPoolConnectionFactory(), "errors")),
                settings.ending().correctedAfter(),
                settings.genesys().dialect(),
                clock,
                org.conversationbridge.bridge.Json.mapper());
    }

    /** As the test says: it has these pages to restate, or cannot be read. */
    public static final class FixedCurrentQueue {
        List<ChangePage> pages = List.of();
        boolean isAway;
        int postponed;

        public void compare() throws JMSException {
            if (isAway) {
                throw new JMSException("away");
            }
        }

        public List<ChangePage> pages() {
            return pages;
        }

        public void postponed() {
            postponed++;
        }
    }

    /** As the test says. */
    public final class FixedPosition {
        public boolean isAnnouncer() {
            return isAnnouncer;
        }

        public boolean isTakeOver() {
            return isTakeOver;
        }

        public void tookOver() {
            isAnnouncer = true;
            isTakeOver = false;
        }
    }

    /** As the test says. */
    public final class FixedBacklog {
        public void checkDelivered() {
            if (checksInVain-- > 0) {
                throw new NotDeliveredException("pages", 1);
            }
        }
    }
}
