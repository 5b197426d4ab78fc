// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page that is made from a source, and kept as a file so that it can be read without a build. */
public final class GeneratedPage {
    private static final String UPDATE = "update.docs";

    private GeneratedPage() {}

    /** Compares the page with what its source says now; with {@code -Dupdate.docs=true} writes it. */
    public static void check(Path page, String now) throws IOException {
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(page, now);
        }
        assertThat(Files.readString(page))
                .as(
                        "%s is not what its source says. Write it anew: mvn test -Dtest='*Documentation*Test' -D%s=true",
                        page, UPDATE)
                .isEqualTo(now);
    }
}
