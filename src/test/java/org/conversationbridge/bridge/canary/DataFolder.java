// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.broker.BrokerCredentials;

/**
 * Names and contents of the files in data.dir; but for the broker's journal, which holds the messages, and the
 * credentials, which only the owner may read.
 */
final class DataFolder {
    private static final Set<String> MESSAGES = Set.of("journal", "bindings", "paging", "large-messages");

    private DataFolder() {}

    static void searchInto(Surface surface, Path dataDir) throws IOException {
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = dataDir.relativize(file);
                boolean meant = MESSAGES.contains(relative.getName(0).toString())
                        || relative.toString().equals(BrokerCredentials.FILE);
                surface.add(relative + (meant ? "" : " " + Files.readString(file, StandardCharsets.ISO_8859_1)));
            }
        }
    }
}
