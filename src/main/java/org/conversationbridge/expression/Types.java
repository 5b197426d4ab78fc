// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.expression;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an exchange at a place in a route.
 *
 * @param isReached whether any exchange gets there
 * @param body type of the body; empty if it is not known
 * @param variables types of the variables that are known
 */
record Types(boolean isReached, Optional<Type> body, Map<String, Type> variables) {
    static final Types UNKNOWN = new Types(true, Optional.empty(), Map.of());
    static final Types NOWHERE = new Types(false, Optional.empty(), Map.of());

    Types {
        variables = Map.copyOf(variables);
    }

    Types withBody(Optional<Type> type) {
        return new Types(isReached, type, variables);
    }

    Types withVariable(String name, Optional<Type> type) {
        Map<String, Type> all = new HashMap<>(variables);
        all.remove(name);
        type.ifPresent(known -> all.put(name, known));
        return new Types(isReached, body, all);
    }

    /** What holds whichever way an exchange took. */
    Types or(Types other) {
        if (!isReached || !other.isReached) {
            return isReached ? this : other;
        }
        Map<String, Type> both = new HashMap<>(variables);
        both.entrySet().retainAll(other.variables.entrySet());
        return new Types(true, body.equals(other.body) ? body : Optional.empty(), both);
    }
}
