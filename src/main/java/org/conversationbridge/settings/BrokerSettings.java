// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The broker: yours by its URL, or the one inside this process.
 *
 * @param url URL of an external ActiveMQ Artemis; empty = the broker inside
 * @param host address the broker inside listens on
 * @param port its port; 0 = any free one
 * @param dataDir folder of its journal and credentials
 */
public record BrokerSettings(Optional<String> url, String user, Secret password, String host, int port, Path dataDir) {

    static BrokerSettings from(Values values) {
        return new BrokerSettings(
                values.optional("broker.url"),
                values.text("broker.user"),
                values.secret("broker.password"),
                values.name("broker.host"),
                values.number("broker.port", 0, 65_535),
                Path.of(values.name("data.dir")).toAbsolutePath().normalize());
    }
}
