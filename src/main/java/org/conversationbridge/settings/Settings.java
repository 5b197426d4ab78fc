// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.Map;

/**
 * Every setting, checked.
 *
 * @param placeholders what routes may name as {@code {{key}}}: every setting but the secrets, durations in
 *     milliseconds, URLs resolved; {@code reconcile.request-interval} and {@code names.request-interval}, milliseconds between two requests, derived from
 *     {@code genesys.requests-per-minute} and the {@code budget-share} of each; {@code history.retry-after-seconds},
 *     rounded up, for options that take seconds only; {@code notifications.enabled}, whether {@code poll.source} is
 *     {@code notifications}
 */
public record Settings(
        GenesysSettings genesys,
        PollSettings poll,
        EndingSettings ending,
        ReconcileSettings reconcile,
        NotificationSettings notifications,
        HistorySettings history,
        DeliverySettings delivery,
        BacklogSettings backlog,
        PrivacySettings privacy,
        NamesSettings names,
        QueueSettings queues,
        BrokerSettings broker,
        ManagementSettings management,
        Map<String, String> placeholders) {

    public Settings {
        placeholders = Map.copyOf(placeholders);
    }
}
