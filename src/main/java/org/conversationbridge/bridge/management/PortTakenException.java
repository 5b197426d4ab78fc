// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.management;

import java.io.IOException;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.routecheck.StartFailure;

/** Health and metrics cannot be served, so that its state could not be seen: the program does not start. */
public final class PortTakenException extends BridgeException {
    private static final long serialVersionUID = 1L;

    PortTakenException(IOException failure) {
        super("MANAGEMENT_PORT_TAKEN", StartFailure.managementPort(failure), failure);
    }
}
