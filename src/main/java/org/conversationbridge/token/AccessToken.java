// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import java.time.Duration;
import java.time.Instant;
import org.conversationbridge.settings.Secret;

/**
 * A token as the endpoint gave it.
 *
 * @param renewAt 60 s before it expires; half of a life that is shorter than two minutes
 */
record AccessToken(Secret value, Instant renewAt) {
    private static final Duration MARGIN = Duration.ofSeconds(60);

    static AccessToken validFor(Secret value, Duration life, Instant now) {
        Duration half = life.dividedBy(2);
        return new AccessToken(value, now.plus(life).minus(half.compareTo(MARGIN) < 0 ? half : MARGIN));
    }
}
