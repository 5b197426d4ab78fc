// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.List;

/**
 * The queues by name.
 *
 * @param pollRequests exclusive queue of the poll requests
 * @param pages work queue of the changed conversations
 * @param checkpoint last-value queue of what has been announced
 * @param enriched result queue
 * @param current last-value queue of the newest message of every active conversation
 * @param events queue of what happens to the bridge itself
 * @param corrections queue of the completions that are looked at again later
 * @param missingHistories queue of the changes that were delivered without the history of their agent
 * @param error queue of what could not be delivered
 */
public record QueueSettings(
        String pollRequests,
        String pages,
        String checkpoint,
        String enriched,
        String current,
        String events,
        String corrections,
        String missingHistories,
        String error) {
    static QueueSettings from(Values values) {
        return new QueueSettings(
                values.name("poll.request-queue"),
                values.name("page.queue"),
                values.name("checkpoint.queue"),
                values.name("deliver.queue"),
                values.name("current.queue"),
                values.name("events.queue"),
                values.name("completed.corrections-queue"),
                values.name("history.missing-queue"),
                values.name("error.queue"));
    }

    /** Every queue. */
    public List<String> all() {
        return List.of(
                pollRequests, pages, checkpoint, enriched, current, events, corrections, missingHistories, error);
    }
}
