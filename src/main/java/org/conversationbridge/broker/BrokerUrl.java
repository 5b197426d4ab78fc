// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.commons.lang3.StringUtils;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.SettingsReader;

/**
 * What is wrong with the parameters of a URL of Artemis, whose client passes over what it does not know. Source of the
 * names: that client.
 */
public final class BrokerUrl {
    private static final String OWN_HEADER = TransportConstants.NETTY_HTTP_HEADER_PREFIX;
    private static final Map<String, Class<?>> KNOWN = known();

    private BrokerUrl() {}

    /** A sentence for each parameter that is not known, is there twice or has no value that it can have. */
    public static List<String> problems(String url) {
        List<String> problems = new ArrayList<>();
        for (String server : StringUtils.split(url, '#')) {
            List<String> seen = new ArrayList<>();
            for (String parameter : StringUtils.split(StringUtils.substringAfter(server, "?"), '&')) {
                if (!parameter.isEmpty()) {
                    problem(parameter, seen).ifPresent(problems::add);
                }
            }
        }
        if (problems.isEmpty() && !isRead(url)) {
            problems.add(
                    "'" + BrokerSettings.withoutSecrets(url) + "', with what follows the host, is not the URL of an"
                            + " Artemis, such as tcp://artemis:61616; parameters follow a ?, separated by &, and"
                            + " special characters are percent-encoded (%20)");
        }
        return problems;
    }

    /** What is not known is shown only if it is nearly a name: it may be a part of a password that holds a &. */
    private static Optional<String> problem(String parameter, List<String> seen) {
        String name = StringUtils.substringBefore(parameter, "=");
        if (name.startsWith(OWN_HEADER)) {
            return Optional.empty();
        }
        Class<?> type = KNOWN.get(name);
        if (type == null) {
            return Optional.of(KNOWN.keySet().stream()
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .or(() -> SettingsReader.guess(name, KNOWN.keySet()))
                    .map(near -> "the client of Artemis has no parameter '" + name + "'; did you mean " + near + "?")
                    .orElse("the client of Artemis does not support parameter " + (seen.size() + 1)
                            + " behind the ?; a & in a value is written %26"));
        }
        if (seen.contains(name)) {
            return Optional.of("the parameter " + name + " is given twice; keep one");
        }
        seen.add(name);
        String value = decoded(StringUtils.substringAfter(parameter, "="));
        if ((type == int.class || type == long.class) && !value.matches("-?\\d{1,18}")) {
            return Optional.of("the parameter " + name + " is not a whole number; times are in milliseconds");
        }
        if (type == double.class && !value.matches("-?\\d+(?:\\.\\d+)?")) {
            return Optional.of("the parameter " + name + " is not a number");
        }
        if (type == boolean.class && !value.matches("(?i)true|false")) {
            return Optional.of("the parameter " + name + " is neither true nor false");
        }
        return Optional.empty();
    }

    private static String decoded(String written) {
        try {
            return URLDecoder.decode(written, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return written;
        }
    }

    /** What the client says of a URL that it cannot read repeats the URL, and with it the passwords in there. */
    private static boolean isRead(String url) {
        try (ActiveMQConnectionFactory read = new ActiveMQConnectionFactory(url)) {
            return read.getServerLocator() != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Names with the type of their values; of the transport they are texts. */
    private static Map<String, Class<?>> known() {
        Map<String, Class<?>> known = new TreeMap<>();
        TransportConstants.ALLOWABLE_CONNECTOR_KEYS.forEach(key -> known.put(key, String.class));
        for (String flag : List.of(
                TransportConstants.SSL_ENABLED_PROP_NAME,
                TransportConstants.VERIFY_HOST_PROP_NAME,
                TransportConstants.TRUST_ALL_PROP_NAME,
                TransportConstants.USE_DEFAULT_SSL_CONTEXT_PROP_NAME,
                TransportConstants.TCP_NODELAY_PROPNAME,
                TransportConstants.HTTP_ENABLED_PROP_NAME,
                TransportConstants.SOCKS_ENABLED_PROP_NAME)) {
            known.put(flag, boolean.class);
        }
        Arrays.stream(ActiveMQConnectionFactory.class.getMethods())
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .forEach(setter -> known.put(propertyOf(setter), setter.getParameterTypes()[0]));
        known.put("type", String.class);
        known.put("ha", boolean.class);
        known.put("name", String.class);
        return known;
    }

    /** As a bean names it: setHTTP is HTTP, setClientID is clientID. */
    private static String propertyOf(Method setter) {
        return java.beans.Introspector.decapitalize(setter.getName().substring("set".length()));
    }
}
