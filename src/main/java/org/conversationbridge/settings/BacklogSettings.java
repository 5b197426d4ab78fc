// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

/**
 * How many results may wait for their consumer.
 *
 * @param limit messages; 0 = any number
 */
public record BacklogSettings(int limit) {
    static BacklogSettings from(Values values) {
        return new BacklogSettings(values.number("deliver.backlog-limit", 0, Integer.MAX_VALUE));
    }
}
