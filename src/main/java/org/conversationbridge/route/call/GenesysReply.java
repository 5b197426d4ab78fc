// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.call;

import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the answer of call-genesys, or its failure ({@code genesysReply} in the routes). Asked through a content
 * enricher the call has an exchange of its own: Camel marks an exchange whose error handler gave up, and then no other
 * error handler would look at the failure any more.
 */
public final class GenesysReply implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange original, @Nullable Exchange reply) {
        Exchange answered = Objects.requireNonNull(reply);
        if (answered.getException() != null) {
            original.setException(answered.getException());
        } else {
            original.getMessage().setBody(answered.getMessage().getBody());
        }
        return original;
    }
}
