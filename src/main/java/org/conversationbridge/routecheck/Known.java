// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;

/** What a route may name, so that a name that is not known can be answered with the one that is meant. */
final class Known {
    static final List<String> COMPONENTS = List.of("direct", "file", "http", "https", "jms", "log", "quartz", "timer");
    static final List<String> FUNCTIONS =
            List.of("body", "bean", "date", "exception", "exchangeProperty", "header", "variable");

    private static final String SCHEMA = "/schema/camelYamlDsl.json";
    private static final List<String> JAVA =
            List.of("java.lang.Exception", "java.lang.RuntimeException", "java.io.IOException", "java.lang.String");

    private final CamelContext camel;

    Known(CamelContext camel) {
        this.camel = camel;
    }

    /** Names in the registry. */
    Collection<String> beans() {
        return camel.getRegistry().findByTypeWithName(Object.class).keySet();
    }

    /** Names of the public methods of a class; none if there is no such class. */
    Collection<String> methods(String type) {
        try {
            return Arrays.stream(Class.forName(type).getMethods())
                    .filter(method -> method.getDeclaringClass() != Object.class)
                    .map(Method::getName)
                    .collect(Collectors.toSet());
        } catch (ClassNotFoundException e) {
            return Set.of();
        }
    }

    /** Full names of the exceptions of this program, and of some of Java's classes. */
    Collection<String> exceptions() {
        Set<String> names = new TreeSet<>(JAVA);
        PluginHelper.getPackageScanClassResolver(camel)
                .findImplementations(Exception.class, "org.conversationbridge")
                .forEach(type -> names.add(type.getName()));
        return names;
    }

    /** The values of an enum or a truth value, as a part of a sentence. */
    String values(String type) {
        try {
            Object[] constants = Class.forName(type).getEnumConstants();
            return constants == null
                    ? "it must be true or false, or a number"
                    : "it must be one of "
                            + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "));
        } catch (ClassNotFoundException e) {
            return "look it up in the documentation of Camel";
        }
    }

    /** Every key that the YAML of Camel knows, wherever. */
    Collection<String> keys() {
        Set<String> keys = new TreeSet<>();
        try (InputStream in = Known.class.getResourceAsStream(SCHEMA)) {
            JsonNode schema = new ObjectMapper().readTree(Objects.requireNonNull(in, SCHEMA));
            schema.findValues("properties")
                    .forEach(properties -> properties.fieldNames().forEachRemaining(keys::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }
}
