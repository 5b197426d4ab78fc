// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * When a message that was rolled back is repeated, and how often. During a pause the broker delivers what is behind it,
 * also of its group: where the order matters there is none.
 *
 * @param delayMillis first pause, doubled each time
 * @param attempts how often it is delivered before it goes to the dead letters; {@link #FOR_EVER}
 */
record Redelivery(long delayMillis, int attempts) {
    static final int FOR_EVER = -1;
    /** A message that was delivered this often goes to the dead letters of its queue. */
    static final int MOST_ATTEMPTS = 10;

    static final Redelivery AFTER_A_PAUSE = new Redelivery(1_000, MOST_ATTEMPTS);
    static final Redelivery AFTER_A_PAUSE_FOR_EVER = new Redelivery(1_000, FOR_EVER);
    static final Redelivery AT_ONCE = new Redelivery(0, MOST_ATTEMPTS);
    static final Redelivery AT_ONCE_FOR_EVER = new Redelivery(0, FOR_EVER);

    private static final long LONGEST_DELAY_MILLIS = 60_000;

    /** Puts it into the settings of an address. */
    AddressSettings applyTo(AddressSettings settings) {
        return settings.setMaxDeliveryAttempts(attempts)
                .setRedeliveryDelay(delayMillis)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(LONGEST_DELAY_MILLIS);
    }
}
