// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conversationbridge.contract.Fields.Field;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer of an earlier schema would stumble over: a field that is gone or may be missing, a type or value that
 * could not come before. A new field is none of it.
 */
final class Compatibility {
    private Compatibility() {}

    /** Empty where none of it is the case, or the major version is another. */
    static List<String> breaks(JsonNode earlier, JsonNode later) {
        List<String> breaks = new ArrayList<>();
        if (!major(earlier).equals(major(later))) {
            return breaks;
        }
        Map<String, Field> now = Fields.of(later);
        Fields.of(earlier).forEach((path, before) -> check(path, before, now.get(path), breaks));
        return breaks;
    }

    private static void check(String path, Field before, @Nullable Field now, List<String> breaks) {
        if (now == null) {
            breaks.add(path + " is gone");
            return;
        }
        if (before.isAlwaysThere() && !now.isAlwaysThere()) {
            breaks.add(path + " may be missing");
        }
        if (!before.types().containsAll(now.types())) {
            breaks.add(path + " may be " + now.types() + " instead of " + before.types());
        }
        boolean isVersion = path.equals("/schemaVersion");
        if (before.values() != null
                && !isVersion
                && (now.values() == null || !before.values().containsAll(now.values()))) {
            breaks.add(path + " may have other values than " + before.values());
        }
    }

    private static String major(JsonNode schema) {
        return schema.path("$id").asText().replaceAll("^.*:(\\d+)\\.\\d+$", "$1");
    }
}
