// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address settings that the README advises for a broker of your own. */
public final class AdvisedSettings {
    private static final Pattern BLOCK = Pattern.compile("```xml\\s*(<address-setting .*?)```", Pattern.DOTALL);

    private AdvisedSettings() {}

    /** As they are written there, for {@code broker.xml}. */
    public static String xml() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
        if (!block.find()) {
            throw new AssertionError("no address settings in README.md");
        }
        return block.group(1);
    }
}
