// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conversationbridge.tls.ServerKeys;
import org.conversationbridge.tls.TrustedAuthorities;

/**
 * The broker: yours by its URL, or the one inside this process.
 *
 * @param url URL of an external ActiveMQ Artemis, with the parameters of its trust store; empty = the embedded broker
 * @param host address the embedded broker listens on
 * @param port its port; 0 = any free one
 * @param keys with which it listens there with TLS; empty = without
 * @param dataDir folder of its journal and credentials
 */
public record BrokerSettings(
        Optional<String> url,
        String user,
        Secret password,
        String host,
        int port,
        Optional<ServerKeys> keys,
        Path dataDir) {

    /** Without TLS on the embedded broker. */
    public BrokerSettings(Optional<String> url, String user, Secret password, String host, int port, Path dataDir) {
        this(url, user, password, host, port, Optional.empty(), dataDir);
    }

    private static final String SERVER = "tcp://(?:[^/@,?()]*@)?(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?";
    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?=$|[,)])");
    private static final int MOST_PORT = 65_535;
    private static final Pattern URL =
            Pattern.compile("(?:" + SERVER + "|\\(" + SERVER + "(?:," + SERVER + ")*\\))(?:[?#].*)?");

    static BrokerSettings from(Values values, Function<String, List<String>> urlProblems) {
        return new BrokerSettings(
                url(values, urlProblems),
                values.text("broker.user"),
                values.secret("broker.password"),
                values.host("broker.host"),
                values.number("broker.port", 0, 65_535),
                keys(values),
                values.read("data.dir", BrokerSettings::folder));
    }

    private static Path folder(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it must not be empty");
        }
        return Path.of(text).toAbsolutePath().normalize();
    }

    /** A URL of a broker as it may be shown: without parameters and user, as there may be a password among them. */
    public static String withoutSecrets(String url) {
        return url.replaceAll("\\?.*", "").replaceAll("//.*@", "//");
    }

    @Override
    public String toString() {
        return url.map(BrokerSettings::withoutSecrets).orElse("the embedded broker, on " + host + ":" + port);
    }

    /** Other machines reach the embedded broker with TLS, or not at all. */
    private static Optional<ServerKeys> keys(Values values) {
        Optional<String> file = values.optional("broker.key-store");
        if (file.isEmpty()) {
            if (values.optional("broker.url").isEmpty() && !isLoopback(values.name("broker.host"))) {
                values.problem(
                        "broker.host",
                        "other machines can reach this address, and without TLS read the login and the messages; set"
                                + " broker.key-store and broker.key-store-password, or keep 127.0.0.1");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(ServerKeys.read(
                    Path.of(file.get()),
                    values.secret("broker.key-store-password").reveal()));
        } catch (IllegalArgumentException e) {
            values.problem("broker.key-store", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** A name that is not known is none: whether it can be listened on shows at the start. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** With TLS that trusts the authorities of broker.trust-store only, where that is set. */
    private static Optional<String> url(Values values, Function<String, List<String>> problems) {
        Optional<String> url = values.optional("broker.url");
        url.ifPresent(given -> {
            Matcher port = PORT.matcher(given.replaceAll("[?#].*", ""));
            if (port.results().anyMatch(found -> {
                int number = Integer.parseInt(found.group(1));
                return number < 1 || number > MOST_PORT;
            })) {
                values.problem("broker.url", "its port is outside 1 to " + MOST_PORT);
            } else if (URL.matcher(given).matches()) {
                problems.apply(given).forEach(problem -> values.problem("broker.url", problem));
            } else {
                values.problem(
                        "broker.url",
                        "'" + withoutSecrets(given)
                                + "' is not the URL of an Artemis, such as tcp://artemis:61616; several"
                                + " are written (tcp://one:61616,tcp://two:61616), parameters follow a ?");
            }
        });
        if (url.isEmpty() && !values.text("broker.user").isEmpty()) {
            values.problem(
                    "broker.user",
                    "it is the user on your own broker, but broker.url is empty; set BROKER_URL, or neither: the"
                            + " embedded broker generates its own user");
        }
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
