// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.names;

import java.util.List;

/**
 * Names that are requested together.
 *
 * @param ids at most 100
 */
public record NameBatch(NameKind kind, List<String> ids) {
    public NameBatch {
        ids = List.copyOf(ids);
    }
}
