// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.conversationbridge.tls.TrustedAuthorities;

/**
 * The broker: yours by its URL, or the one inside this process.
 *
 * @param url URL of an external ActiveMQ Artemis, with the parameters of its trust store; empty = the broker inside
 * @param host address the broker inside listens on
 * @param port its port; 0 = any free one
 * @param dataDir folder of its journal and credentials
 */
public record BrokerSettings(Optional<String> url, String user, Secret password, String host, int port, Path dataDir) {

    static BrokerSettings from(Values values) {
        return new BrokerSettings(
                url(values),
                values.text("broker.user"),
                values.secret("broker.password"),
                values.name("broker.host"),
                values.number("broker.port", 0, 65_535),
                Path.of(values.name("data.dir")).toAbsolutePath().normalize());
    }

    /** A URL of a broker as it may be shown: without parameters and user, as there may be a password among them. */
    public static String withoutSecrets(String url) {
        return url.replaceAll("\\?.*", "").replaceAll("//.*@", "//");
    }

    @Override
    public String toString() {
        return url.map(BrokerSettings::withoutSecrets).orElse("the broker inside, on " + host + ":" + port);
    }

    /** With TLS that trusts the authorities of broker.trust-store only, where that is set. */
    private static Optional<String> url(Values values) {
        Optional<String> url = values.optional("broker.url");
        Optional<TrustedAuthorities> authorities = values.authorities("broker.trust-store");
        if (url.isEmpty() || authorities.isEmpty()) {
            return url;
        }
        if (url.get().contains("trustStorePath=")) {
            values.problem("broker.trust-store", "broker.url names a trustStorePath too; keep one");
        }
        String path = URLEncoder.encode(authorities.get().toString(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return Optional.of(url.get() + (url.get().contains("?") ? "&" : "?")
                + "sslEnabled=true&trustStoreType=PEM&trustStorePath=" + path);
    }
}
