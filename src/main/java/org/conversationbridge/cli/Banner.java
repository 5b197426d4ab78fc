// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.PrintWriter;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.settings.Settings;

/** Says what is running on which address. */
final class Banner {
    private Banner() {}

    static void print(PrintWriter out, Settings settings, BrokerConnections broker, Bridge bridge) {
        out.println("genesys     " + settings.genesys().apiUrl() + ", poll.cron "
                + settings.placeholders().get("poll.cron"));
        out.println("broker      " + broker);
        out.println("results     queue " + settings.queues().enriched());
        out.println("management  http://" + settings.management().host() + ":" + bridge.managementPort()
                + "/observe/health/ready and /observe/metrics");
        out.println("running     Ctrl-C stops");
        out.flush();
    }
}
