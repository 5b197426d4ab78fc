// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import org.junit.jupiter.api.Tag;

/** The same, where the bridge has to show after every single message that it goes on. */
@Tag("soak")
class ForeignMessagesOneByOneTest extends ForeignMessagesTest {
    @Override
    int together() {
        return 1;
    }
}
