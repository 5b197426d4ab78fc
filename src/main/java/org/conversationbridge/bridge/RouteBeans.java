// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.LeaseQueue;
import org.conversationbridge.broker.LeavingMessages;
import org.conversationbridge.broker.OldestMessages;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.broker.ResultBacklog;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.failure.UnreadableConversations;
import org.conversationbridge.genesys.failure.AnswerCheck;
import org.conversationbridge.genesys.query.ActiveConversations;
import org.conversationbridge.genesys.query.HistoryWalks;
import org.conversationbridge.genesys.query.LookBack;
import org.conversationbridge.genesys.query.RecentEnds;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.names.Names;
import org.conversationbridge.names.WantedNames;
import org.conversationbridge.notification.Channels;
import org.conversationbridge.poll.Pause;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.poll.Vanished;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.route.TakenMessage;
import org.conversationbridge.route.call.Enquiries;
import org.conversationbridge.route.call.GenesysDoor;
import org.conversationbridge.route.call.OwnExchange;
import org.conversationbridge.route.call.Retry;
import org.conversationbridge.route.delivery.CurrentOutcomes;
import org.conversationbridge.route.delivery.Delivery;
import org.conversationbridge.route.delivery.ParkedEarlier;
import org.conversationbridge.route.delivery.Parking;
import org.conversationbridge.route.delivery.Replays;
import org.conversationbridge.route.enrichment.Histories;
import org.conversationbridge.route.enrichment.HistoryBreaker;
import org.conversationbridge.route.enrichment.HistoryEnrichment;
import org.conversationbridge.route.enrichment.MissingHistories;
import org.conversationbridge.route.enrichment.NameLookups;
import org.conversationbridge.route.notification.Notifications;
import org.conversationbridge.route.poll.Backlog;
import org.conversationbridge.route.poll.CheckpointLease;
import org.conversationbridge.route.poll.CheckpointStore;
import org.conversationbridge.route.poll.Corrections;
import org.conversationbridge.route.poll.CurrentQueue;
import org.conversationbridge.route.poll.Endings;
import org.conversationbridge.route.poll.Gaps;
import org.conversationbridge.route.poll.OtherPolls;
import org.conversationbridge.route.poll.Poller;
import org.conversationbridge.route.poll.RecentEndings;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.HistorySettings;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.token.AccessTokens;

/**
 * The beans that the routes name, by the names that they have there, for the program and for the tests of the routes.
 * Each method has those of some route files; what several of them share is made once. Nothing here connects to
 * anything.
 */
public final class RouteBeans {
    private final Settings settings;
    private final Clock clock;
    private final GenesysClock genesysClock;
    private final PollLog polls;
    private final ConnectionFactory broker;
    private final QueueResolver queues;
    private final ForeignMessages foreign;
    private final ObjectMapper json = Json.mapper();
    private final Privacy privacy;
    private final UnreadableConversations unreadable;
    private final LookBack lookBack;
    private final ActiveConversations active;
    private final AgentHistories histories;
    private final WantedNames wanted;
    private final Names names;
    private final QueueView view;
    private final CheckpointLease lease;
    private final CheckpointStore checkpoint;
    private final CurrentOutcomes outcomes = new CurrentOutcomes();

    /**
     * @param clock one that is never set while the bridge runs
     * @param broker where the queues are
     * @param foreign what becomes of messages that the bridge did not send
     */
    public RouteBeans(
            Settings settings,
            Clock clock,
            GenesysClock genesysClock,
            PollLog polls,
            ConnectionFactory broker,
            QueueResolver queues,
            ForeignMessages foreign) {
        HistorySettings history = settings.history();
        this.settings = settings;
        this.clock = clock;
        this.genesysClock = genesysClock;
        this.polls = polls;
        this.broker = broker;
        this.queues = queues;
        this.foreign = foreign;
        this.privacy = new Privacy(settings.privacy());
        this.unreadable = new UnreadableConversations(clock);
        this.lookBack = new LookBack(history.maxInterval());
        this.active = new ActiveConversations(settings.poll(), dialect(), lookBack, genesysClock);
        this.histories = new AgentHistories(history.cacheTtl(), history.retryAfter(), genesysClock, clock);
        this.wanted = new WantedNames(clock);
        this.names = new Names(settings.names(), wanted, clock);
        this.view = new QueueView(broker, queues);
        this.lease = new CheckpointLease(
                new LeaseQueue(broker, queues, view, settings.queues().lease()),
                waiting(settings.queues().lease()),
                json);
        this.checkpoint = new CheckpointStore(
                view,
                foreign,
                lease,
                settings.queues(),
                settings.poll().remembered(),
                settings.ending(),
                polls,
                genesysClock,
                json);
    }

    /** Of every route: JSON as the bridge writes it, and the message that a route has taken. */
    public Map<String, Object> shared() {
        return Map.of("json", json, "received", new TakenMessage());
    }

    /** Of the routes that send a request to Genesys Cloud. */
    public Map<String, Object> calls(AccessTokens tokens, RequestBudget budget) {
        Retry retry = new Retry(tokens);
        AnswerCheck answers =
                new AnswerCheck(settings.genesys().apiUrl(), settings.genesys().responseTimeout(), genesysClock);
        return Map.of(
                "genesys",
                        new GenesysDoor(
                                tokens,
                                settings.genesys().budget(),
                                budget,
                                answers,
                                genesysClock,
                                clock,
                                retry::answered),
                "ownExchange", new OwnExchange(),
                "enquiries", new Enquiries(),
                "retry", retry);
    }

    /** Of the routes that hold channels and receive notifications. */
    public Notifications notifications(Channels channels) {
        return new Notifications(
                channels, active, settings.poll(), polls, privacy, json, checkpoint::isOurs, genesysClock, clock);
    }

    /** What the polls of other processes leave on the broker. */
    public OtherPolls otherPolls() {
        return new OtherPolls(
                settings.queues().checkpoint(),
                json,
                checkpoint::isThisProcess,
                checkpoint::ownBegin,
                clock,
                genesysClock);
    }

    /**
     * Of the routes that poll and announce changes.
     *
     * @param areNotifiedSince whether notifications have come without a gap since then
     * @param vanished conversations that one page of a listing had and no other
     * @param results whether so many results wait that nothing more may be announced
     */
    public Map<String, Object> polls(
            PollRequests requests, Predicate<Instant> areNotifiedSince, Vanished vanished, ResultBacklog results) {
        Map<String, Object> beans = new HashMap<>(polls(requests, vanished, results));
        beans.put("gaps", gaps(areNotifiedSince));
        beans.put("recentEnds", recentEnds());
        return beans;
    }

    private Map<String, Object> polls(PollRequests requests, Vanished vanished, ResultBacklog results) {
        return Map.of(
                "pollRequests", requests,
                "poller",
                        new Poller(
                                requests,
                                active,
                                unreadable,
                                new Pause(clock),
                                polls,
                                settings.poll().changesPerPage(),
                                settings.poll().partitions(),
                                genesysClock,
                                privacy,
                                vanished),
                "checkpoint", checkpoint,
                "lease", lease,
                "backlog", new Backlog(view, settings.queues(), results),
                "parkedEarlier", new ParkedEarlier(view, settings.queues().error(), unreadable),
                "currentQueue",
                        new CurrentQueue(
                                view,
                                foreign,
                                new LeavingMessages(
                                        broker,
                                        queues,
                                        settings.queues().current(),
                                        settings.delivery().endedStays()),
                                settings.queues().current(),
                                settings.poll(),
                                outcomes,
                                genesysClock,
                                System::nanoTime),
                "endings", new Endings(settings.ending(), dialect(), privacy, genesysClock, clock),
                "corrections",
                        new Corrections(
                                waiting(settings.queues().corrections()),
                                settings.ending().correctedAfter(),
                                dialect(),
                                genesysClock,
                                json));
    }

    private RecentEndings recentEnds() {
        RecentEnds ends =
                new RecentEnds(settings.ending().overlap(), settings.poll().pageSize(), lookBack, clock);
        return new RecentEndings(ends, dialect(), histories::areContinuable, polls, genesysClock);
    }

    private Gaps gaps(Predicate<Instant> areNotifiedSince) {
        return new Gaps(
                settings.reconcile(),
                settings.poll(),
                dialect(),
                lookBack,
                areNotifiedSince,
                settings.notifications().areWanted(),
                histories::oldest,
                polls,
                privacy,
                genesysClock);
    }

    /** Of the routes that find the histories of agents, and names. */
    public Map<String, Object> lookUps(RequestBudget budget) {
        HistoryWalks lookups = new HistoryWalks(settings.history(), settings.poll(), dialect(), lookBack, genesysClock);
        return Map.of(
                "histories", new Histories(histories, lookups, genesysClock),
                "historyBreaker", HistoryBreaker.registry(clock),
                "missingHistories",
                        new MissingHistories(
                                waiting(settings.queues().missingHistories()),
                                histories,
                                settings.history(),
                                settings.poll(),
                                genesysClock,
                                json),
                "names",
                        new NameLookups(
                                names, wanted, budget, privacy, settings.names().retryAfter()));
    }

    /**
     * Of the routes that deliver, park and replay.
     *
     * @param places where a step of a route is written
     */
    public Map<String, Object> delivery(Parking.Places places) {
        // When a message was sent is the time of the machine: it is compared with those of other programs.
        MessageComposer composer =
                new MessageComposer(settings.delivery(), settings.history().limit(), names, Clock.systemUTC());
        return Map.of(
                "delivery", new Delivery(composer, polls, outcomes, json),
                "historyEnrichment",
                        new HistoryEnrichment(composer, settings.history().onUnavailable(), genesysClock),
                "parking", new Parking(unreadable, polls, json, genesysClock, privacy, places),
                "replays", new Replays(view, settings.queues().replays()));
    }

    private OldestMessages waiting(String queue) {
        return new OldestMessages(broker, queues, queue, foreign);
    }

    private Dialect dialect() {
        return settings.genesys().dialect();
    }
}
