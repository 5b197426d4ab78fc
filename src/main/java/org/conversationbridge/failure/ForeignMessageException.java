// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message on a queue of ours is not the bridge's, or is damaged. It is put aside; the others go on. */
public final class ForeignMessageException extends BridgeException {
    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong with it, a sentence without its content: that may be customer data */
    public ForeignMessageException(String problem) {
        super("MESSAGE_FOREIGN", problem, null);
    }

    /** The same of a text that is not the JSON that it is to be. */
    public static ForeignMessageException of(JsonProcessingException failure) {
        return new ForeignMessageException(JsonProblem.sentence(failure));
    }

    /** The failure to read JSON that is among the causes of a failure. */
    public static Optional<ForeignMessageException> inJson(@Nullable Throwable failure) {
        return Optional.ofNullable(JsonProblem.in(failure));
    }
}
