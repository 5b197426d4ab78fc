// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import org.apache.activemq.artemis.selector.filter.FilterException;
import org.apache.activemq.artemis.selector.impl.SelectorParser;

/** JMS selectors, read as the broker reads them. */
public final class Selectors {
    private Selectors() {}

    /** Whether the broker would take it. */
    public static boolean isSelector(String text) {
        try {
            return SelectorParser.parse(text) != null;
        } catch (FilterException e) {
            return false;
        }
    }
}
