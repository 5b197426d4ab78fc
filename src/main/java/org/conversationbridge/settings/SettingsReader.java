// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.text.ForeignText;
import org.conversationbridge.text.TextFile;

/**
 * Joins the settings, the later winning: the defaults (the shipped {@code application.properties}), the administrator's
 * {@code application.properties}, the environment, the command line.
 */
public final class SettingsReader {
    /** Name of the one settings file in the configuration folder. */
    public static final String FILE = "application.properties";

    private static final int LONGEST_KEY = 100;
    /** Far above that of any secret. */
    private static final int LONGEST_SECRET = 4_096;

    private static final List<String> SECRETS =
            List.of("genesys.client-secret", "broker.password", "broker.key-store-password", "privacy.hash-key");

    /** What Kubernetes sets for a service called broker, data, ... */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(".+_SERVICE_(HOST|PORT(_\\w+)?)|.+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

    /** The value of NAME_PORT that it sets as well; none of this program's settings. */
    private static final Pattern ADDRESS_OF_SERVICE = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, Value> defaults = defaults();
    private final Map<String, String> environment;
    private final Function<String, List<String>> brokerUrlProblems;

    /** Looks at what precedes the parameters of broker.url only. */
    public SettingsReader(Map<String, String> environment) {
        this(environment, url -> List.of());
    }

    /** @param brokerUrlProblems what is wrong with the parameters of a broker.url, as its client knows it */
    public SettingsReader(Map<String, String> environment, Function<String, List<String>> brokerUrlProblems) {
        this.environment = Map.copyOf(environment);
        this.brokerUrlProblems = brokerUrlProblems;
    }

    /**
     * Reads and checks the settings.
     *
     * @param configDir folder that holds {@value #FILE}
     * @param usedByRoutes keys that the routes name as placeholders; an administrator may add such keys of their own
     * @param commandLine settings that an option of the command line decides
     * @throws SettingsException with every problem found
     */
    public Settings read(Path configDir, Set<String> usedByRoutes, Map<String, String> commandLine) {
        List<String> notRead = ConfigFolder.notRead(configDir);
        if (!notRead.isEmpty()) {
            throw new SettingsException(notRead);
        }
        Map<String, Value> given = SettingsFile.read(configDir.resolve(FILE));
        List<String> unknown = new ArrayList<>(unknownKeys(given, usedByRoutes));
        unknown.addAll(unknownVariables(given.keySet()));
        unknown.addAll(CamelSettings.problems(
                given, environment, System.getProperties().stringPropertyNames()));
        if (!unknown.isEmpty()) {
            throw new SettingsException(unknown);
        }
        Map<String, Value> all = new LinkedHashMap<>(defaults);
        all.putAll(given);
        for (String key : List.copyOf(all.keySet())) {
            fromEnvironment(key).ifPresent(value -> all.put(key, value));
        }
        refuseBadlyWritten(all);
        commandLine.forEach((key, text) -> all.put(key, new Value(text, "command line")));
        return settings(new Values(all, defaults));
    }

    private void refuseBadlyWritten(Map<String, Value> all) {
        List<String> problems = defaults.keySet().stream()
                .flatMap(key -> WrittenValue.problem(key, Objects.requireNonNull(all.get(key))).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** The environment variable that sets a key: {@code poll.cron} is POLL_CRON. */
    public static String environmentName(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Variables that begin as settings of this program do and are none; those of Kubernetes are left alone. */
    private List<String> unknownVariables(Set<String> given) {
        Set<String> known = new TreeSet<>();
        Stream.concat(defaults.keySet().stream(), given.stream())
                .map(SettingsReader::environmentName)
                .forEach(known::add);
        SECRETS.forEach(key -> known.add(environmentName(key) + "_FILE"));
        Set<String> prefixes = defaults.keySet().stream()
                .map(key -> environmentName(key.substring(0, key.indexOf('.') + 1)))
                .collect(Collectors.toSet());
        List<String> problems = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            String meant = environmentName(name);
            if (!name.equals(meant) && known.contains(meant)) {
                problems.add("environment variable " + name + " is not read; its name is " + meant + ".");
            }
            boolean isOurs =
                    prefixes.stream().anyMatch(name::startsWith) && !known.contains(name) && !isOfKubernetes(name);
            if (isOurs) {
                problems.add("environment variable " + name + " is not a setting; did you mean "
                        + guess(name, known).orElseGet(() -> mostWordsOf(name, known))
                        + "? If it belongs to another program, start this one without it: env -u " + name + ".");
            }
        }
        return problems;
    }

    private boolean isOfKubernetes(String name) {
        return OF_KUBERNETES.matcher(name).matches() || isAddressOfService(name, environment.getOrDefault(name, ""));
    }

    private static boolean isAddressOfService(String name, String value) {
        return name.endsWith("_PORT")
                && ADDRESS_OF_SERVICE.matcher(value.strip()).matches();
    }

    /** The known name of the same prefix with most words of a variable; of several the nearest. */
    private static String mostWordsOf(String name, Set<String> known) {
        Set<String> words = new TreeSet<>(List.of(name.split("_")));
        Comparator<String> byWords = Comparator.comparing(candidate ->
                Stream.of(candidate.split("_")).filter(words::contains).count());
        return known.stream()
                .filter(candidate -> candidate.startsWith(name.substring(0, name.indexOf('_') + 1)))
                .max(byWords.thenComparing(candidate -> -distance(name, candidate)))
                .orElseThrow();
    }

    private Settings settings(Values values) {
        GenesysSettings genesys = GenesysSettings.from(values);
        PollSettings poll = PollSettings.from(values, genesys.dialect());
        EndingSettings ending = EndingSettings.from(values);
        ReconcileSettings reconcile = ReconcileSettings.from(values, PollSchedule.from(values));
        NotificationSettings notifications = NotificationSettings.from(values, poll.source(), genesys.dialect());
        HistorySettings history = HistorySettings.from(values);
        DeliverySettings delivery = DeliverySettings.from(values);
        BacklogSettings backlog = BacklogSettings.from(values);
        PrivacySettings privacy = PrivacySettings.from(values);
        NamesSettings names = NamesSettings.from(values, genesys.dialect(), privacy);
        QueueSettings queues = QueueSettings.from(values);
        BrokerSettings broker = BrokerSettings.from(values, brokerUrlProblems);
        ManagementSettings management = ManagementSettings.from(values);
        values.check();
        return new Settings(
                genesys,
                poll,
                ending,
                reconcile,
                notifications,
                history,
                delivery,
                backlog,
                privacy,
                names,
                queues,
                broker,
                management,
                placeholders(values, genesys, reconcile, notifications, history, names));
    }

    private static Map<String, String> placeholders(
            Values values,
            GenesysSettings genesys,
            ReconcileSettings reconcile,
            NotificationSettings notifications,
            HistorySettings history,
            NamesSettings names) {
        Map<String, String> texts = values.placeholders();
        texts.keySet().removeAll(SECRETS);
        texts.computeIfPresent("broker.url", (key, url) -> BrokerSettings.withoutSecrets(url));
        texts.put("genesys.api-url", genesys.apiUrl().toString());
        texts.put("genesys.login-url", genesys.loginUrl().toString());
        texts.put(
                "reconcile.request-interval",
                Long.toString(
                        reconcile.requestInterval(genesys.budget().interval()).toMillis()));
        texts.put(
                "history.retry-after-seconds",
                Long.toString(history.retryAfter().plusMillis(999).toSeconds()));
        texts.put("notifications.enabled", Boolean.toString(notifications.areWanted()));
        texts.put(
                "names.request-interval",
                Long.toString(names.requestInterval(genesys.budget().interval()).toMillis()));
        return texts;
    }

    private List<String> unknownKeys(Map<String, Value> given, Set<String> usedByRoutes) {
        return given.entrySet().stream()
                .filter(entry -> !defaults.containsKey(entry.getKey())
                        && !entry.getKey().startsWith("camel.")
                        && !usedByRoutes.contains(entry.getKey()))
                .map(entry -> entry.getValue().origin() + ": unknown setting " + shown(entry.getKey())
                        + meant(entry.getKey()))
                .toList();
    }

    /**
     * The key that is meant, also if it is written as a variable, in camel case or with other signs between its
     * words.
     */
    private String meant(String key) {
        if (key.equals("export")) {
            return ". A properties file has no export: write only key=value, for example poll.cron=0/15 * * * * ?";
        }
        String bare = bare(key);
        return defaults.keySet().stream()
                .filter(known -> bare(known).equals(bare))
                .findFirst()
                .or(() -> guess(key, defaults.keySet()))
                .map(near -> "; did you mean " + near + "?")
                .orElse(". Each line is key=value, with a key of config/application.properties of the distribution or"
                        + " one that a route names; a comment begins with #.");
    }

    private static String bare(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static String shown(String key) {
        return key.isEmpty() ? "without a name" : ForeignText.printable(key, LONGEST_KEY);
    }

    private Optional<Value> fromEnvironment(String key) {
        String name = environmentName(key);
        Optional<String> text = variable(name);
        if (SECRETS.contains(key) && variable(name + "_FILE").isPresent()) {
            if (text.isPresent()) {
                throw new SettingsException(name + " and " + name + "_FILE are both set; keep one.");
            }
            return Optional.of(fromFile(name + "_FILE"));
        }
        return text.map(found -> new Value(found, "environment variable " + name));
    }

    /**
     * An empty variable is treated as not set: docker-compose passes on what is not set. So is one of Kubernetes:
     * BROKER_PORT is an address where a service is called broker.
     */
    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !isAddressOfService(name, text));
    }

    private Value fromFile(String name) {
        String file = Objects.requireNonNull(environment.get(name)).strip();
        String secret;
        try {
            secret = TextFile.read(Path.of(file)).strip();
        } catch (NoSuchFileException e) {
            throw new SettingsException(
                    "environment variable " + name + ": " + file + " cannot be read (no such file).");
        } catch (IOException | InvalidPathException e) {
            throw new SettingsException(
                    "environment variable " + name + ": " + file + " cannot be read (" + e.getMessage() + ").");
        }
        noSecret(name, secret).ifPresent(problem -> {
            throw new SettingsException("environment variable " + name + ": " + file + " " + problem
                    + ". It holds the secret and nothing else, on one line.");
        });
        return new Value(secret, "environment variable " + name);
    }

    /** What a file holds instead of a secret, without showing it. */
    private static Optional<String> noSecret(String name, String text) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        if (text.length() > LONGEST_SECRET) {
            return Optional.of("has more than " + LONGEST_SECRET + " characters");
        }
        if (text.lines().count() > 1) {
            return Optional.of("has several lines");
        }
        return text.startsWith(name.replace("_FILE", "=")) ? Optional.of("begins with a name and =") : Optional.empty();
    }

    /** The known name that is meant, where only a few letters are wrong. */
    public static Optional<String> guess(String name, Collection<String> known) {
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(nearest(name, known)).filter(near -> distance(name, near) <= 1 + name.length() / 4);
    }

    /** The known name that needs the fewest edits to become the given one. */
    public static String nearest(String name, Iterable<String> known) {
        Map<String, Integer> distances = new TreeMap<>();
        known.forEach(candidate -> distances.put(candidate, distance(name, candidate)));
        return distances.entrySet().stream()
                .min(Comparator.comparingInt(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }

    private static int distance(String a, String b) {
        return org.apache.commons.text.similarity.LevenshteinDistance.getDefaultInstance()
                .apply(a, b);
    }

    private static Map<String, Value> defaults() {
        try (InputStream in = SettingsReader.class.getResourceAsStream(FILE)) {
            return SettingsFile.parse(
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8), "default");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
