// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page that is made from a source, and kept as a file so that it can be read without a build. */
public final class GeneratedPage {
    private static final String UPDATE = "update.docs";

    private GeneratedPage() {}

    /** Compares the page with what its source says now; with {@code -Dupdate.docs=true} writes it. */
    public static void check(Path page, String now) throws IOException {
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(page, now);
        }
        String kept = Files.readString(page);
        assertThat(firstDifference(kept.lines().toList(), now.lines().toList()))
                .as(
                        "%s is not what its source says. Write it anew: mvn test -Dtest='*DocumentationTest' -D%s=true",
                        page, UPDATE)
                .isEmpty();
        assertThat(kept).isEqualTo(now);
    }

    private static String firstDifference(List<String> kept, List<String> now) {
        int same = 0;
        while (same < kept.size() && same < now.size() && kept.get(same).equals(now.get(same))) {
            same++;
        }
        String page = same < kept.size() ? kept.get(same) : "";
        String source = same < now.size() ? now.get(same) : "";
        return page.equals(source) ? "" : "line " + (same + 1) + "\n  page:   " + page + "\n  source: " + source;
    }
}
