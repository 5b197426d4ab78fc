// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;

/** The steps of ask-next ({@code enquiries} in the routes). */
public final class Enquiries {
    /** The next request. */
    public GenesysRequest next(@Variable("enquiry") Enquiry enquiry) {
        return enquiry.next();
    }

    /** What the answer contains. */
    public List<?> accept(@Variable("enquiry") Enquiry enquiry, @Body JsonNode answer) {
        return enquiry.accept(answer);
    }

    /**
     * The enquiry decides what a failure means; no answer came.
     *
     * @throws Exception if the failure ends the work of the caller
     */
    public List<?> failed(
            @Variable("enquiry") Enquiry enquiry, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure)
            throws Exception {
        enquiry.failed(failure);
        return List.of();
    }
}
