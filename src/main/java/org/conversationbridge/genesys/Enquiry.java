// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.conversationbridge.budget.Urgency;

/**
 * What is to be found out from Genesys Cloud in one or more requests: it says what to request next, takes what came
 * back, and decides what a failure means for the rest. The route ask-next sends each request, after the retries of
 * call-genesys.
 */
public interface Enquiry {
    /** Whether there is a request left. */
    boolean hasNext();

    /** The next request. */
    GenesysRequest next();

    /**
     * Takes the answer to the last request.
     *
     * @return what the answer contains for the steps that follow; empty if it is kept here
     */
    List<?> accept(JsonNode answer);

    /**
     * The last request failed, or its answer could not be taken: queries in another way from now on, leaves the rest out,
     * or notes the failure.
     *
     * @throws Exception if the failure ends the work of the caller
     */
    void failed(Exception failure) throws Exception;

    /** Whether its requests pause while analytics fails, see the route spare-analytics. */
    default boolean isForHistories() {
        return false;
    }

    /** Before which other requests its own are sent. */
    default Urgency urgency() {
        return Urgency.POLL;
    }
}
