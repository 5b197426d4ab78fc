// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * Peer: the route of the textbook. A timer, a loop over the pages, a splitter, an enricher that asks for the history of
 * the agent of each conversation, and a JMS endpoint, whose every message is its own commit.
 */
final class TextbookCamel extends RouteBuilder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GenesysReader reader;
    private final String endpoint;

    private TextbookCamel(GenesysReader reader, URI api) {
        this.reader = reader;
        this.endpoint = api.resolve(GenesysReader.QUERY) + "?httpMethod=POST";
    }

    /** Runs until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        URI api = URI.create(environment.get("GENESYS_API_URL"));
        GenesysReader reader =
                new GenesysReader(api, environment.get("GENESYS_CLIENT_ID"), environment.get("GENESYS_CLIENT_SECRET"));
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(Rig.factory(environment));
        Main main = new Main();
        main.bind("jms", JmsComponent.jmsComponentAutoAcknowledge(pool));
        main.configure().addRoutesBuilder(new TextbookCamel(reader, api));
        main.run();
    }

    @Override
    public void configure() {
        from("timer:poll?repeatCount=1&delay=0")
                .routeId("poll")
                .setProperty("page", constant(1))
                .setProperty("more", constant(true))
                .loopDoWhile(exchangeProperty("more").isEqualTo(true))
                .process(exchange -> ask(exchange, reader.liveQuery(page(exchange))))
                .to(endpoint)
                .unmarshal()
                .json(JsonLibrary.Jackson, JsonNode.class)
                .process(TextbookCamel::turnPage)
                .split(method(this, "conversations"))
                .setProperty("conversation", body())
                .enrich("direct:history", TextbookCamel::join)
                .removeHeaders("*")
                .setHeader("JMSCorrelationID", exchangeProperty("id"))
                .to("jms:queue:" + Rig.RESULTS)
                .end()
                .end();

        from("direct:history")
                .routeId("history")
                .process(exchange -> ask(
                        exchange,
                        reader.finishedQuery(
                                List.of(HandWritten.agentOf(exchange.getIn().getBody(JsonNode.class))), 1)))
                .to(endpoint)
                .unmarshal()
                .json(JsonLibrary.Jackson, JsonNode.class);
    }

    /** The conversations of a page. */
    public List<JsonNode> conversations(JsonNode page) {
        List<JsonNode> conversations = new ArrayList<>();
        page.path("conversations").forEach(conversations::add);
        return conversations;
    }

    private void ask(Exchange exchange, String query) {
        exchange.getIn().removeHeaders("*");
        exchange.getIn().setHeader("Authorization", "Bearer " + reader.token());
        exchange.getIn().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getIn().setBody(query);
    }

    private static int page(Exchange exchange) {
        return exchange.getProperty("page", Integer.class);
    }

    private static void turnPage(Exchange exchange) {
        int page = page(exchange);
        int total = exchange.getIn().getBody(JsonNode.class).path("totalHits").asInt();
        exchange.setProperty("page", page + 1);
        exchange.setProperty("more", page * GenesysReader.PAGE < total);
    }

    private static Exchange join(Exchange original, Exchange history) {
        JsonNode conversation = original.getIn().getBody(JsonNode.class);
        ObjectNode joined = JSON.createObjectNode();
        joined.put("conversationId", conversation.path("conversationId").asText());
        joined.put("startedAt", conversation.path("conversationStart").asText());
        joined.put("agentUserId", HandWritten.agentOf(conversation));
        joined.set(
                "recent",
                HandWritten.summaries(history.getIn().getBody(JsonNode.class), HandWritten.agentOf(conversation)));
        original.setProperty("id", conversation.path("conversationId").asText());
        original.getIn().setBody(joined.toString());
        return original;
    }
}
