// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.conversationbridge.MovableClock;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.TestBeans;
import org.conversationbridge.bridge.RouteBeans;
import org.conversationbridge.broker.ResultBacklog;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.genesys.query.HistoryWalks;
import org.conversationbridge.genesys.query.LookBack;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.poll.Vanished;
import org.conversationbridge.route.enrichment.Histories;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.conversationbridge.token.AccessTokens;
import org.conversationbridge.token.TokenEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Loads the real file of one route, and the error policy. Steps that leave it are replaced by their id; JMS queues are
 * stubs. A test starts the context when it has replaced what it needs.
 */
abstract class RouteTest extends CamelMainTestSupport {
    /** From the step of an enquiry to call-genesys, of which the test is the other side. */
    protected static final List<String> ASKING = List.of("46-ask-next", "47-call-for-enquiry");

    protected final MovableClock clock = new MovableClock();
    protected final RequestBudget budget = new RequestBudget(300, clock);
    protected final PollLog polls = new PollLog(budget, clock);
    protected final Vanished vanished = new Vanished();
    protected boolean isSpared;
    protected boolean isTold;
    protected final PollRequests requests = new PollRequests(() -> isSpared, Duration.ofMinutes(1), clock);

    /** The file without folder and ending, for example {@code 10-request-poll}. */
    protected abstract String file();

    /** Settings of this test. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** What the test has in the place of beans of the program. */
    protected void bind(Registry registry) {}

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration.withUseAdviceWith(true));
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern(
                Stream.concat(Stream.of("00-error-policy", file()), calledFiles().stream())
                        .map(name -> "file:routes/" + name + ".camel.yaml")
                        .collect(Collectors.joining(",")));
    }

    /** Files of routes that this one calls, to be loaded as well. */
    protected List<String> calledFiles() {
        return List.of();
    }

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties properties = new Properties();
        properties.putAll(read().placeholders());
        return properties;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("jms", new StubComponent());
        bind(registry);
        program(read()).forEach((name, bean) -> {
            if (registry.lookupByName(name) == null) {
                registry.bind(name, bean);
            }
        });
    }

    /** The beans of the program, on a broker that is not there; none is asked for what is on its queues. */
    private Map<String, Object> program(Settings settings) {
        RouteBeans beans = TestBeans.of(settings, clock, new GenesysClock(clock), polls);
        AccessTokens tokens = new AccessTokens(new TokenEndpoint(settings.genesys(), clock), clock);
        Map<String, Object> all = new HashMap<>(beans.shared());
        all.putAll(beans.calls(tokens, budget));
        all.putAll(beans.polls(
                requests,
                since -> isTold,
                vanished,
                new ResultBacklog(settings.queues().enriched(), 0)));
        all.putAll(beans.lookUps(budget));
        all.putAll(beans.delivery((routeId, word) -> Optional.empty()));
        return all;
    }

    /** A bean that the route names. */
    protected final <T> T bean(String name, Class<T> type) {
        return Objects.requireNonNull(context.getRegistry().lookupByNameAndType(name, type), name);
    }

    protected final Settings read() {
        return new SettingsReader(Map.of()).read(Path.of("config"), ShippedRoutes.placeholders(), settings());
    }

    protected final Histories histories(AgentHistories known, Settings settings) {
        HistoryWalks lookups = new HistoryWalks(
                settings.history(),
                settings.poll(),
                settings.genesys().dialect(),
                new LookBack(settings.history().maxInterval()),
                clock);
        return new Histories(known, lookups, clock);
    }

    protected final String routeId() {
        return file().substring(3);
    }

    /** Replaces a step that leaves the route. */
    protected final MockEndpoint replace(String stepId) throws Exception {
        return replace(routeId(), stepId);
    }

    /** Replaces a step that leaves a route. */
    protected final MockEndpoint replace(String id, String stepId) throws Exception {
        AdviceWith.adviceWith(
                context, id, route -> route.weaveById(stepId).replace().to("mock:" + stepId));
        return getMockEndpoint("mock:" + stepId);
    }

    /** Lets the route begin at {@code direct:in}. */
    protected final void replaceFrom() throws Exception {
        AdviceWith.adviceWith(context, routeId(), route -> route.replaceFromWith("direct:in"));
    }

    /** Adds a route that this one calls. */
    protected final void called(String name, Processor processor) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:" + name).process(processor);
            }
        });
    }

    protected final void fails(MockEndpoint mock, Exception failure) {
        mock.whenAnyExchangeReceived(exchange -> exchange.setException(failure));
    }

    protected final @Nullable Throwable failureOf(String endpoint, Object body) {
        return template.request(endpoint, exchange -> exchange.getMessage().setBody(body))
                .getException();
    }
}
