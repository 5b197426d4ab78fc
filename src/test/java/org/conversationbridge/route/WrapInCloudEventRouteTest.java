// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/**
 * Names of the attributes: the specification of CloudEvents 1.0; the prefix cloudEvents_ is that of its JMS binding.
 */
class WrapInCloudEventRouteTest extends RouteTest {
    @Override
    protected String file() {
        return "36-wrap-in-cloud-event";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("deliver.cloud-events", "properties");
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("delivery", new Events());
    }

    @Test
    void the_attributes_are_properties_and_the_body_stays() {
        context.start();

        Message message = template.request("direct:wrap-in-cloud-event", exchange -> {
                    exchange.getMessage().setBody("message");
                    exchange.getMessage().setHeader("contentType", "application/json");
                })
                .getMessage();

        assertThat(message.getBody()).isEqualTo("message");
        assertThat(message.getHeaders())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "contentType", "application/json",
                        "cloudEvents_specversion", "1.0",
                        "cloudEvents_id", "id",
                        "cloudEvents_source", "/source",
                        "cloudEvents_type", "type",
                        "cloudEvents_subject", "subject",
                        "cloudEvents_time", "time",
                        "cloudEvents_datacontenttype", "application/json",
                        "cloudEvents_dataschema", "schema"));
    }

    /** In place of the bean that the route names. */
    public static final class Events {
        public Event cloudEvent() {
            return new Event("1.0", "id", "/source", "type", "subject", "time", "application/json", "schema");
        }
    }

    /** The attributes. */
    public record Event(
            String specversion,
            String id,
            String source,
            String type,
            String subject,
            String time,
            String datacontenttype,
            String dataschema) {}
}
