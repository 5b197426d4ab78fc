// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Goes on with the message that was taken from a queue, whatever its kind; with an empty body if there was none. */
public final class TakenMessage implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange original, @Nullable Exchange taken) {
        if (taken == null) {
            original.getMessage().setBody(null);
        } else {
            original.setMessage(taken.getMessage());
        }
        return original;
    }
}
