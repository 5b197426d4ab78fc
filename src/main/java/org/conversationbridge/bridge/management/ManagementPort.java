// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.management;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.conversationbridge.settings.ManagementSettings;

/** The port of health and metrics. Its server starts in a thread of its own, and only logs that it cannot listen. */
public final class ManagementPort {
    private ManagementPort() {}

    /**
     * Whether the port is free.
     *
     * @throws PortTakenException when it cannot be used
     */
    public static void check(ManagementSettings management) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(management.host(), management.port()));
        } catch (IOException e) {
            throw new PortTakenException(e);
        }
    }
}
