// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import org.conversationbridge.failure.BridgeException;

/** So many results wait for their consumer that nothing more may be announced. */
public final class ResultsNotConsumedException extends BridgeException {
    private static final long serialVersionUID = 1L;

    public ResultsNotConsumedException(String sentence) {
        super("RESULTS_NOT_CONSUMED", sentence, null);
    }
}
