// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.camel.spi.Registry;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.junit.jupiter.api.Test;

class TendChannelRouteTest extends RouteTest {
    private final Deque<String> requests = new ArrayDeque<>();
    private final List<String> course = new ArrayList<>();
    private boolean isAway;

    @Override
    protected String file() {
        return "14-tend-channel";
    }

    @Override
    protected List<String> calledFiles() {
        return ASKING;
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("notifications", new Held());
    }

    @Test
    void each_request_of_a_channel_is_sent_and_then_it_is_connected() throws Exception {
        requests.addAll(List.of("create", "subscribe"));
        called("call-genesys", exchange -> exchange.getMessage().setBody(TextNode.valueOf("answer")));

        tend();

        assertThat(course).containsExactly("create", "answer", "subscribe", "answer", "connected");
    }

    @Test
    void what_a_channel_does_about_a_failed_request_is_up_to_the_channel() throws Exception {
        requests.add("create");
        called("call-genesys", exchange -> {
            throw new IllegalStateException("no answer");
        });

        tend();

        assertThat(course).containsExactly("create", "no answer", "connected");
    }

    @Test
    void one_that_cannot_be_connected_is_noted() throws Exception {
        isAway = true;

        tend();

        assertThat(course).containsExactly("no socket");
    }

    private void tend() {
        context.start();
        assertThat(failureOf("direct:tend-channel", new HeldChannel())).isNull();
    }

    /** In place of the bean that the route names. */
    public final class Held {
        public void tend() {
            if (isAway) {
                throw new IllegalStateException("no socket");
            }
            course.add("connected");
        }

        public void failed() {
            course.add("no socket");
        }
    }

    /** A channel with the requests of the test. */
    public final class HeldChannel implements Enquiry {
        @Override
        public boolean hasNext() {
            return !requests.isEmpty();
        }

        @Override
        public GenesysRequest next() {
            course.add(requests.element());
            return new GenesysRequest(requests.remove(), "GET", "/channels", "", "");
        }

        @Override
        public List<?> accept(JsonNode answer) {
            course.add(answer.asText());
            return List.of();
        }

        @Override
        public void failed(Exception failure) {
            course.add(String.valueOf(failure.getMessage()));
        }
    }
}
