// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.expression;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;

/**
 * What a type has, as the language simple looks it up: {@code .state} is a method {@code state}, {@code getState} or
 * {@code isState}. Only what is certain is used: a class that others extend may have more than it declares.
 */
final class Members {
    private static final Pattern STEP = Pattern.compile("\\??\\.(\\w+)(?:\\([^()]*\\))?((?:\\[[^]]*])*)");

    /**
     * Where a path leads.
     *
     * @param type of its end; empty if it is not known
     * @param missing what the type before it certainly lacks; empty if nothing is
     * @param owner the type that lacks it
     */
    record Path(Optional<Type> type, String missing, Optional<Class<?>> owner) {
        static Path to(Optional<Type> type) {
            return new Path(type, "", Optional.empty());
        }
    }

    private Members() {}

    /** Follows a path such as {@code .conversation.queue?.id}. */
    static Path follow(Type start, String path) {
        Optional<Type> type = Optional.of(start);
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            Optional<Class<?>> owner = type.flatMap(Members::known);
            if (owner.isEmpty()) {
                return Path.to(Optional.empty());
            }
            String name = step.group(1);
            List<Type> types = typesOf(owner.get(), name);
            if (types.isEmpty()) {
                boolean isCertain = Modifier.isFinal(owner.get().getModifiers()) && !name.equals("class");
                return isCertain ? new Path(Optional.empty(), name, owner) : Path.to(Optional.empty());
            }
            type = types.size() == 1 ? Optional.of(types.get(0)) : Optional.empty();
            if (!step.group(2).isEmpty()) {
                type = type.flatMap(Members::element);
            }
        }
        return Path.to(type);
    }

    /** Names that a type has. */
    static Collection<String> names(Class<?> owner) {
        Collection<String> names = new TreeSet<>();
        for (Method method : owner.getMethods()) {
            boolean isOfEach = List.of("toString", "hashCode").contains(method.getName());
            if (method.getDeclaringClass() != Object.class && method.getParameterCount() == 0 && !isOfEach) {
                names.add(StringUtils.uncapitalize(method.getName().replaceFirst("^get(?=[A-Z])", "")));
            }
        }
        return names;
    }

    /** What a collection holds. */
    static Optional<Type> element(Type collection) {
        return collection instanceof ParameterizedType generic
                        && generic.getRawType() instanceof Class<?> raw
                        && Iterable.class.isAssignableFrom(raw)
                ? Optional.of(generic.getActualTypeArguments()[0])
                : Optional.empty();
    }

    /** What methods of a name return: one type, or several, or none if there is no such method. */
    static List<Type> returned(Class<?> owner, String name) {
        return Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .map(Method::getGenericReturnType)
                .distinct()
                .toList();
    }

    private static List<Type> typesOf(Class<?> owner, String name) {
        String capital = StringUtils.capitalize(name);
        for (String candidate : List.of(name, "get" + capital, "is" + capital)) {
            List<Type> found = returned(owner, candidate);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Types of Java itself are left out: Camel reads maps, arrays and texts by rules of their own. */
    private static Optional<Class<?>> known(Type type) {
        return type instanceof Class<?> of
                        && !of.isPrimitive()
                        && !of.isArray()
                        && !of.getName().startsWith("java.")
                        && !java.util.Map.class.isAssignableFrom(of)
                        && !Iterable.class.isAssignableFrom(of)
                        && Arrays.stream(of.getFields()).allMatch(field -> Modifier.isStatic(field.getModifiers()))
                ? Optional.of(of)
                : Optional.empty();
    }
}
