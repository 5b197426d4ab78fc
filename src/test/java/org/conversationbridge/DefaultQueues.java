// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.SettingsReader;

/** The queues as they are named where nobody names them otherwise. */
public final class DefaultQueues {
    public static final QueueSettings NAMES = new SettingsReader(Map.of())
            .read(Path.of("config"), Set.of(), Map.of())
            .queues();

    private DefaultQueues() {}
}
