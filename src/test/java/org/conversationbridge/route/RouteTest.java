// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import org.conversationbridge.bridge.Json;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.genesys.query.HistoryWalks;
import org.conversationbridge.genesys.query.LookBack;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.route.enrichment.Histories;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * Loads the real file of one route, and the error policy. Steps that leave it are replaced by their id; JMS queues are
 * stubs. A test starts the context when it has replaced what it needs.
 */
abstract class RouteTest extends CamelMainTestSupport {
    protected final MovableClock clock = new MovableClock();
    protected final RequestBudget budget = new RequestBudget(300, clock);
    protected final PollLog polls = new PollLog(budget, clock);

    /** The file without folder and ending, for example {@code 10-request-poll}. */
    protected abstract String file();

    /** Settings of this test. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** Beans the route names. */
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
        registry.bind("json", Json.mapper());
        bind(registry);
    }

    protected final Settings read() {
        return new SettingsReader(Map.of())
                .read(Path.of("config"), RouteFiles.read(Path.of("routes")).placeholders(), settings());
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
