// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.fuzz;

import java.util.Arrays;

/**
 * The body of one answer.
 *
 * @param number which of the mutations it is; the same of the same seed
 */
record Input(long number, Source source, byte[] body) {
    /** Under this name it is kept. */
    String fileName() {
        return source + "-" + Integer.toHexString(Arrays.hashCode(body)) + ".json";
    }

    @Override
    public String toString() {
        return source + " answer " + number + " of " + body.length + " bytes";
    }
}
