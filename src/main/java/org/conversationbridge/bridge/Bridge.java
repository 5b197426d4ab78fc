// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.io.CloseMode;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.conversationbridge.bridge.management.ManagementConnections;
import org.conversationbridge.bridge.management.ManagementPort;
import org.conversationbridge.bridge.management.PortTakenException;
import org.conversationbridge.bridge.watch.ClockWatch;
import org.conversationbridge.bridge.watch.ReceiveWatch;
import org.conversationbridge.bridge.watch.SendWatch;
import org.conversationbridge.bridge.watch.WatchedConnections;
import org.conversationbridge.bridge.watch.WatchedListener;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerProbe;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.KeptQueues;
import org.conversationbridge.broker.ListenerWatch;
import org.conversationbridge.broker.QueueInspection;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.broker.ResultBacklog;
import org.conversationbridge.broker.UnreadableTexts;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.expression.ExpressionCheck;
import org.conversationbridge.expression.Mistake;
import org.conversationbridge.failure.Repeated;
import org.conversationbridge.health.BacklogCheck;
import org.conversationbridge.health.BrokerCheck;
import org.conversationbridge.health.ListenerCheck;
import org.conversationbridge.health.Meters;
import org.conversationbridge.health.PollCheck;
import org.conversationbridge.health.QueuesCheck;
import org.conversationbridge.health.RoutesCheck;
import org.conversationbridge.health.VanishedCheck;
import org.conversationbridge.health.WatchedRoutes;
import org.conversationbridge.http.AnswerLimit;
import org.conversationbridge.http.BearerToken;
import org.conversationbridge.notification.ChannelConnector;
import org.conversationbridge.notification.Channels;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.poll.Vanished;
import org.conversationbridge.route.notification.FrameInlet;
import org.conversationbridge.route.notification.Notifications;
import org.conversationbridge.route.poll.OtherPolls;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.routecheck.RouteResources;
import org.conversationbridge.routecheck.RouteTexts;
import org.conversationbridge.routecheck.SelectorCheck;
import org.conversationbridge.routecheck.StartFailure;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.NotificationSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.token.AccessTokens;
import org.conversationbridge.token.TokenEndpoint;
import org.conversationbridge.token.TokenRefusedException;
import org.jspecify.annotations.Nullable;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running connector: Camel with the routes of a folder on one broker. How it starts, what it listens on, how it
 * stops. The beans that the routes name are those of {@link RouteBeans}, and {@code pageTransaction}.
 */
public final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final int SHUTDOWN_SECONDS = 3;
    /** How long a page may take to finish before its waits (a retry, the budget) are interrupted. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    /** They write a stack for what is interrupted at the end. */
    private static final List<String> CUT_SHORT = List.of(
            "org.apache.camel.component.jms",
            "org.apache.camel.component.quartz",
            "org.apache.camel.component.timer",
            "org.apache.camel.impl.engine.DefaultShutdownStrategy",
            "org.apache.camel.processor.FatalFallbackErrorHandler",
            WatchedListener.class.getName());

    private final Settings settings;
    private final Path routes;
    private final Clock clock;
    private final GenesysClock genesysClock;
    private final Main main = new Main();
    private final RequestBudget budget;
    private final PollLog polls;
    private final Vanished vanished = new Vanished();
    private final AccessTokens tokens;
    private final QueueInspection inspection;
    private final ResultBacklog backlog;
    private final BrokerProbe probe;
    private final JmsPoolConnectionFactory pool;
    private final ReceiveWatch receives = new ReceiveWatch();
    private final ConnectionFactory broker;
    private final QueueResolver queues;
    private final KeptQueues kept;
    private final ForeignMessages foreign;
    private final ListenerWatch watch = new ListenerWatch();
    private final SendWatch sends = new SendWatch();
    private final HttpClientConnectionManager connections;
    private final ManagementConnections management = new ManagementConnections();
    private final Channels channels;
    private @Nullable ClockWatch clockWatch;
    private boolean isStarted;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon("answer-timer", task));
    private final ExecutorService listeners = Executors.newCachedThreadPool(task -> daemon("listener", task));

    /**
     * Puts it together; nothing is started yet.
     *
     * @param clock one that is never set while the bridge runs, see {@link org.conversationbridge.clock.SteadyClock}
     */
    public Bridge(Settings settings, Path routes, BrokerConnections broker, Clock clock) {
        this.settings = settings;
        this.routes = routes;
        this.clock = clock;
        this.genesysClock = new GenesysClock(clock);
        this.budget = new RequestBudget(settings.genesys().budget().perMinute(), clock);
        this.polls = new PollLog(budget, clock, genesysClock);
        this.tokens = new AccessTokens(new TokenEndpoint(settings.genesys(), clock, genesysClock), clock);
        this.pool = broker.pool();
        BrokerQueues brokerQueues = new BrokerQueues(settings.queues());
        this.queues = new QueueResolver(brokerQueues);
        this.kept = new KeptQueues(queues);
        this.broker = kept.over(WatchedConnections.of(pool, receives));
        this.foreign = new ForeignMessages(this.broker, settings.queues().error());
        this.inspection =
                new QueueInspection(brokerQueues, queues, settings.poll().changesPerPage());
        this.backlog = new ResultBacklog(
                settings.queues().enriched(), settings.backlog().limit());
        this.probe = new BrokerProbe(broker, inspection, backlog, settings.queues());
        this.connections = Components.connections(settings.genesys());
        this.channels = new Channels(
                settings.notifications(),
                new ChannelConnector(settings.genesys(), clock, new FrameInlet(main::getCamelContext)),
                clock);
        configure();
        bindComponents();
        bindBeans();
        bindHealth();
    }

    /**
     * Refuses to start with a login that the broker refuses. A broker that cannot be reached is no reason not to start:
     * it may come.
     *
     * @throws org.conversationbridge.broker.BrokerException when the login is refused
     */
    public void checkLogin() {
        probe.checkLogin();
    }

    /**
     * Refuses to start with an OAuth client that the token endpoint refuses. An endpoint that cannot be reached is no
     * reason not to start: the polls will show.
     *
     * @throws TokenRefusedException when the client is refused
     */
    public void checkCredentials() {
        try {
            tokens.current();
        } catch (org.conversationbridge.token.TokenUnavailableException e) {
            LOG.warn("{} The first poll tries again.", e.getMessage());
        }
    }

    /**
     * Starts.
     *
     * @throws SettingsException when a route or a Camel setting cannot work
     * @throws PortTakenException when the management port cannot be used
     */
    public void start() {
        isStarted = true;
        ManagementPort.check(settings.management());
        settings.reconcile().schedule().warning(clock.instant()).ifPresent(LOG::warn);
        probe.start();
        var unused = timer.scheduleWithFixedDelay(new Repeated("watch of sends", sends::look), 1, 1, TimeUnit.SECONDS);
        try {
            main.start();
        } catch (RuntimeException e) {
            throw new SettingsException(StartFailure.explain(e, routes, context()));
        }
        clockWatch = new ClockWatch(context());
        clockWatch.start();
        MeterRegistry registry = context().getRegistry().findSingleByType(MeterRegistry.class);
        if (registry != null) {
            Meters.register(registry, polls, budget, probe, channels);
            Meters.foreign(registry, foreign);
        }
    }

    /**
     * Builds every route with the beans that it names, starts none, and connects to nothing: what Camel refuses is
     * known before there is a broker and before a token is requested.
     *
     * @throws SettingsException naming file and line where a route cannot work
     */
    public static void check(Settings settings, Path routes) {
        BrokerConnections nowhere = new BrokerConnections("tcp://127.0.0.1:1", "", new Secret(""));
        try (Bridge rehearsal = new Bridge(settings, routes, nowhere, Clock.systemUTC())) {
            rehearsal.main.addOverrideProperty("camel.management.enabled", "false");
            rehearsal.main.addOverrideProperty("camel.main.jmxEnabled", "false");
            // It would fire while no route is started, and Camel would warn that the endpoint of the job is missing.
            rehearsal.main.addOverrideProperty("camel.component.quartz.autoStartScheduler", "false");
            rehearsal.main.configure().withAutoStartup(false);
            try {
                rehearsal.main.start();
            } catch (RuntimeException e) {
                throw new SettingsException(StartFailure.explain(e, routes, rehearsal.context()));
            }
            List<Mistake> mistakes = new ArrayList<>(ExpressionCheck.mistakes(rehearsal.context()));
            mistakes.addAll(SelectorCheck.mistakes(rehearsal.context()));
            if (!mistakes.isEmpty()) {
                RouteTexts texts = new RouteTexts(RouteFiles.in(routes));
                throw new SettingsException(
                        mistakes.stream().map(mistake -> texts.explain(mistake)).toList());
            }
        }
    }

    /** How the polls go. */
    public PollLog polls() {
        return polls;
    }

    /** The port that health and metrics are served on. */
    public int managementPort() {
        ManagementHttpServer server = context().hasService(ManagementHttpServer.class);
        VertxPlatformHttpServer http = context().hasService(VertxPlatformHttpServer.class);
        return http != null ? http.getPort() : server != null ? server.getPort() : 0;
    }

    /** The running Camel context. */
    public CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        if (clockWatch != null) {
            clockWatch.close();
        }
        channels.close();
        List<Future<?>> lastResorts = isStarted
                ? List.of(
                        after(PATIENCE, this::interrupt),
                        after(PATIENCE.multipliedBy(2), () -> BrokerConnections.abandon(pool)))
                : List.of();
        main.stop();
        // Otherwise they would silence the one that runs, after the rehearsal of its routes.
        lastResorts.forEach(each -> each.cancel(false));
        management.close();
        listeners.shutdownNow();
        connections.close(CloseMode.IMMEDIATE);
        timer.shutdownNow();
        probe.close();
        pool.stop();
        BrokerConnections.abandon(pool);
    }

    private static Future<?> after(Duration delay, Runnable task) {
        return CompletableFuture.runAsync(
                task, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends waits and requests; a page in work is rolled back, which is not worth a stack trace. */
    private void interrupt() {
        CUT_SHORT.forEach(logger -> Configurator.setLevel(logger, Level.OFF));
        listeners.shutdownNow();
        connections.close(CloseMode.IMMEDIATE);
    }

    private void configure() {
        Properties properties = new Properties();
        // Hundreds of MBeans of steps would be a third of the heap of an idle process. The settings may say otherwise.
        properties.setProperty("camel.main.jmxManagementMBeansLevel", "RoutesOnly");
        properties.putAll(settings.placeholders());
        // The settings have read the environment already, and checked it.
        properties.setProperty("camel.component.properties.environmentVariableMode", "0");
        properties.setProperty("camel.management.enabled", "true");
        properties.setProperty("camel.management.host", settings.management().host());
        properties.setProperty(
                "camel.management.port", Integer.toString(settings.management().port()));
        properties.setProperty("camel.management.healthCheckEnabled", "true");
        properties.setProperty("camel.management.metricsEnabled", "true");
        properties.setProperty("camel.health.exposureLevel", "full");
        properties.setProperty("camel.health.routesEnabled", "false");
        properties.setProperty("camel.health.consumersEnabled", "false");
        properties.setProperty("camel.main.logName", "routes.${routeId}");
        properties.setProperty("camel.metrics.enabled", "true");
        // WatchedRoutes takes the place of the one; the other would time every step of every conversation.
        properties.setProperty("camel.metrics.enableRoutePolicy", "false");
        properties.setProperty("camel.metrics.enableExchangeEventNotifier", "false");
        properties.setProperty(
                "camel.metrics.binders", "jvm-memory,jvm-gc,jvm-thread,processor,uptime,file-descriptor");
        main.setOverrideProperties(properties);
        main.setRoutesCollector(new RouteResources(RouteFiles.in(routes)));
        main.configure().withName("conversation-bridge").withShutdownTimeout(SHUTDOWN_SECONDS);
    }

    private void bindComponents() {
        GenesysSettings genesys = settings.genesys();
        BearerToken bearerToken = new BearerToken(tokens, genesys.apiUrl(), genesys.organizationId());
        probe.with(receives);
        probe.with(sends);
        main.bind("jms", Components.jms(broker, kept, listeners, watch, new UnreadableTexts(broker, foreign)));
        main.bind("pageTransaction", Components.pageTransaction(broker));
        AnswerLimit answerLimit = new AnswerLimit(genesys.answerLimits(), timer);
        main.bind("http", Components.http(genesys, connections, bearerToken, answerLimit));
        main.bind("https", Components.http(genesys, connections, bearerToken, answerLimit));
        main.bind("quartz", Components.quartz());
        main.bind("sendWatch", sends);
        main.bind("vertx", management.vertx());
    }

    private void bindBeans() {
        RouteBeans beans = new RouteBeans(settings, clock, genesysClock, polls, broker, queues, foreign);
        OtherPolls others = beans.otherPolls();
        probe.with(others);
        main.bind("pollCheck", new PollCheck(polls, others::lastGood, pollMaxAge()));
        Notifications notifications = beans.notifications(channels);
        PollRequests requests =
                new PollRequests(notifications::isPollSpared, pollMaxAge().multipliedBy(2), clock);
        RouteTexts texts = new RouteTexts(RouteFiles.in(routes));
        main.bind("notifications", notifications);
        beans.shared().forEach(main::bind);
        beans.calls(tokens, budget).forEach(main::bind);
        beans.polls(requests, since -> channels.haveToldSince(genesysClock.own(since)), vanished, backlog)
                .forEach(main::bind);
        beans.lookUps(budget).forEach(main::bind);
        beans.delivery(texts::place).forEach(main::bind);
    }

    /** While notifications come, polls are as seldom as they may be. */
    private Duration pollMaxAge() {
        Duration maxAge = settings.management().pollMaxAge();
        NotificationSettings notified = settings.notifications();
        return notified.areWanted() ? maxAge.plus(notified.pollInterval()) : maxAge;
    }

    private void bindHealth() {
        main.bind("watchedRoutes", new WatchedRoutes());
        main.bind("brokerCheck", new BrokerCheck(probe));
        main.bind("queuesCheck", new QueuesCheck(inspection));
        main.bind("backlogCheck", new BacklogCheck(backlog));
        main.bind("vanishedCheck", new VanishedCheck(vanished));
        main.bind("routesCheck", new RoutesCheck(this::context));
        main.bind("listenerCheck", new ListenerCheck(watch));
    }
}
