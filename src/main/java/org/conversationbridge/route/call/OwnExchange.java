// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.call;

import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what a route returns, or its failure ({@code ownExchange} in the routes). Called through a content enricher
 * a route has an exchange of its own: Camel marks an exchange whose error handler gave up or whose transaction rolled
 * back, and then no other error handler looks at the failure any more.
 */
public final class OwnExchange implements AggregationStrategy {
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
