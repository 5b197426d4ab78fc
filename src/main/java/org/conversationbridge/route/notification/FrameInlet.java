// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.notification;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.notification.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where frames of notification channels come into the routes: {@code receive-notification}. */
public final class FrameInlet implements BiConsumer<Channel, String> {
    private static final Logger LOG = LoggerFactory.getLogger(FrameInlet.class);
    private static final String ROUTE = "direct:receive-notification";

    private final Supplier<CamelContext> context;
    private @Nullable ProducerTemplate template;

    /** @param context asked when the first frame comes */
    public FrameInlet(Supplier<CamelContext> context) {
        this.context = context;
    }

    @Override
    public void accept(Channel channel, String frame) {
        Exchange exchange = template().request(ROUTE, taken -> {
            taken.setVariable("channel", channel);
            taken.getMessage().setBody(frame);
        });
        Exception failure = exchange.getException();
        if (failure != null && !context.get().isStopping()) {
            LOG.warn(
                    "notification not processed: {} The next poll picks up the change.", FailureText.sentence(failure));
            LOG.debug("notification not taken", new WordlessException(failure));
        }
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = context.get().createProducerTemplate();
        }
        return template;
    }
}
