// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.util.List;

/** What the oracle found. */
record Verdict(List<Violation> violations) {
    /** Kinds of violations. */
    enum Kind {
        LOST,
        DUPLICATE,
        DOUBLED,
        GHOST,
        OUT_OF_ORDER
    }

    /** @param text what was expected and what was found */
    record Violation(Kind kind, String conversationId, String text) {}

    Verdict {
        violations = List.copyOf(violations);
    }

    long count(Kind kind) {
        return violations.stream().filter(violation -> violation.kind() == kind).count();
    }
}
