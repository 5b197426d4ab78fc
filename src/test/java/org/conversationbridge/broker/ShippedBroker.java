// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code broker.xml} that is shipped for an Artemis of one's own. */
public final class ShippedBroker {
    private static final List<String> SECTIONS = List.of("security-settings", "address-settings", "addresses");

    private ShippedBroker() {}

    /** The file as a whole. */
    static String xml() throws IOException {
        return Files.readString(Path.of("config/artemis/broker.xml"));
    }

    /** Copies what it has of the bridge into the sections of another one, as its comment says. */
    public static String copiedInto(String brokerXml) throws IOException {
        String copied = brokerXml;
        for (String section : SECTIONS) {
            Matcher ours = Pattern.compile(
                            "<" + section + ">\\s*(<!-- of Conversation Bridge.*?<!-- end -->)", Pattern.DOTALL)
                    .matcher(xml());
            if (!ours.find() || !copied.contains("<" + section + ">")) {
                throw new AssertionError("no " + section);
            }
            copied = copied.replace("<" + section + ">", "<" + section + ">\n" + ours.group(1));
        }
        return copied;
    }
}
