// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What is running, from the build. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            versions.load(Objects.requireNonNull(in));
        }
        return new String[] {
            "conversation-bridge " + versions.getProperty("version"),
            "Camel " + versions.getProperty("camel") + ", Artemis " + versions.getProperty("artemis") + ", Java "
                    + Runtime.version()
        };
    }
}
