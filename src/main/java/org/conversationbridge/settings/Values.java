// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.text.ForeignText;
import org.conversationbridge.tls.TrustedAuthorities;

/**
 * The settings by key, read as what they are. A value that cannot be read is noted as a problem and its default stands
 * in, so that one start names every problem; {@link #check()} then refuses.
 */
final class Values {
    /** Of a value in a message. */
    private static final int LONGEST = 200;

    private static final Pattern SEPARATOR = Pattern.compile("[,\\r\\n\\t]");

    private final Map<String, Value> values;
    private final Map<String, Value> defaults;
    private final Map<String, String> placeholders = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** {@code values} holds every key of {@code defaults}. */
    Values(Map<String, Value> values, Map<String, Value> defaults) {
        this.values = values;
        this.defaults = defaults;
    }

    String text(String key) {
        return value(key).text();
    }

    Optional<String> optional(String key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty());
    }

    /** A text that must not be empty. */
    String name(String key) {
        return read(key, text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("it must not be empty");
            }
            return text;
        });
    }

    /** The name or the address of a host. */
    String host(String key) {
        String host = name(key);
        if (!host.matches("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+(?:%\\w+)?]?")) {
            problem(key, "'" + host + "' is not a host; write a name or an address, such as 127.0.0.1 or 0.0.0.0");
        }
        return host;
    }

    Secret secret(String key) {
        return new Secret(text(key));
    }

    int number(String key, int least, int most) {
        return read(key, text -> {
            String range = "'" + text + "' is not a whole number from " + least + " to " + most;
            if (!text.matches("[+-]?[0-9]{1,9}")) {
                throw new IllegalArgumentException(range);
            }
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(range);
            }
            return number;
        });
    }

    /** A number of bytes. */
    long size(String key, long least, long most) {
        return read(key, text -> {
            long size = Sizes.parse(text);
            if (size < least || size > most) {
                throw new IllegalArgumentException(
                        "'" + text + "' is outside " + (least >> 10) + "KB to " + (most >> 30) + "GB");
            }
            return size;
        });
    }

    /** For routes, the text is from now on a number of milliseconds. */
    Duration duration(String key, Duration least, Duration most) {
        Duration read = read(key, text -> {
            Duration duration = Durations.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("'" + text + "' is outside " + shown(least) + " to " + shown(most));
            }
            return duration;
        });
        placeholders.put(key, Long.toString(read.toMillis()));
        return read;
    }

    /** What routes see: the texts, durations in milliseconds. */
    Map<String, String> placeholders() {
        Map<String, String> all = new HashMap<>();
        values.forEach((key, value) -> all.put(key, value.text()));
        all.putAll(placeholders);
        return all;
    }

    /** For routes, the text is from now on in lower case. */
    <E extends Enum<E>> E choice(String key, Class<E> type) {
        E read = read(key, text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is not one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(c -> c.name().toLowerCase(Locale.ROOT))
                                    .toList()));
        });
        placeholders.put(key, read.name().toLowerCase(Locale.ROOT));
        return read;
    }

    boolean flag(String key) {
        return read(key, text -> {
            if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                throw new IllegalArgumentException("'" + text + "' is neither true nor false");
            }
            return Boolean.parseBoolean(text);
        });
    }

    /** The elements of a list, in lower case. */
    List<String> words(String key) {
        return elements(text(key)).map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    /** What commas, line ends and tabs separate, without the empty ones. A block of YAML has line ends. */
    static Stream<String> elements(String list) {
        return SEPARATOR.splitAsStream(list).map(String::strip).filter(element -> !element.isEmpty());
    }

    /** The certificate authorities of a PEM file; empty if the key is. */
    Optional<TrustedAuthorities> authorities(String key) {
        try {
            return optional(key).map(Path::of).map(TrustedAuthorities::read);
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** An http or https base URL without query, user or trailing slash; empty if the key is. */
    Optional<URI> baseUrl(String key) {
        try {
            return optional(key).map(Values::parseBaseUrl);
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Reads with a function of the caller's, whose IllegalArgumentException says what is wrong. */
    <T> T read(String key, Function<String, T> reader) {
        try {
            return reader.apply(text(key));
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
            return reader.apply(fallback(key));
        }
    }

    /** Notes a problem where a duration is above the one that bounds it, with the key that is set. */
    void requireAtMost(String key, Duration duration, String boundKey, Duration bound) {
        if (duration.compareTo(bound) > 0) {
            problem(
                    isGiven(key) ? key : boundKey,
                    key + " (" + shown(duration) + ") is above " + boundKey + " (" + shown(bound)
                            + "), so it would never be reached; lower the one or raise the other");
        }
    }

    /** Whether it is set. */
    boolean isGiven(String key) {
        return !value(key).equals(defaults.get(key));
    }

    /** Notes a problem with a key; {@link #check()} reports it. */
    void problem(String key, String problem) {
        String text = text(key);
        String shown = text.length() > LONGEST
                ? problem.replace("'" + text, "'" + ForeignText.printable(text, LONGEST))
                : problem;
        problems.add(value(key).origin() + ": " + key + ": " + FailureText.sentence(shown));
    }

    /** @throws SettingsException when a problem was noted */
    void check() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private Value value(String key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("no setting " + key + " in the defaults");
        }
        return value;
    }

    private String fallback(String key) {
        Value value = defaults.get(key);
        if (value == null) {
            throw new IllegalStateException("no default for " + key);
        }
        return value.text();
    }

    private static URI parseBaseUrl(String text) {
        URI url;
        try {
            url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a URL", e);
        }
        boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!http
                || url.getHost() == null
                || url.getQuery() != null
                || url.getFragment() != null
                || url.getUserInfo() != null
                || url.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    "it is not a base URL such as https://api.mypurecloud.com (no query, no user, a port up to 65535)");
        }
        if (url.getPath() != null && !url.getPath().isEmpty()) {
            throw new IllegalArgumentException("it has a path (" + url.getPath() + "); write only what is before it");
        }
        return url;
    }

    private static String shown(Duration duration) {
        return duration.isZero()
                ? "0"
                : duration.toString().substring(1).replace("T", "").toLowerCase(Locale.ROOT);
    }
}
