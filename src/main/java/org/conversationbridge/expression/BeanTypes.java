// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.expression;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.conversationbridge.route.Yields;
import org.jspecify.annotations.Nullable;

/** What the methods of beans return, and whether they may do more than that. */
final class BeanTypes {
    private final CamelContext camel;

    BeanTypes(CamelContext camel) {
        this.camel = camel;
    }

    /** What is known behind a step that calls a bean: a method without a result leaves the body. */
    Types after(BeanDefinition step, Types before) {
        List<Method> methods = methods(step.getRef(), step.getMethod());
        if (methods.isEmpty() || methods.stream().anyMatch(BeanTypes::takesExchange)) {
            return Types.UNKNOWN;
        }
        Optional<Type> returned = result(methods);
        return returned.equals(Optional.of(void.class)) ? before : before.withBody(returned);
    }

    /** Whether a method of an expression takes the exchange; one that is not known may. */
    boolean mayChangeExchange(ExpressionDefinition expression) {
        if (!(expression instanceof MethodCallExpression call)) {
            return false;
        }
        List<Method> methods = methods(call.getRef(), call.getMethod());
        return methods.isEmpty() || methods.stream().anyMatch(BeanTypes::takesExchange);
    }

    /** What an expression that calls a bean returns; of other languages nothing is known. */
    Optional<Type> result(ExpressionDefinition expression) {
        return expression instanceof MethodCallExpression call
                ? result(methods(call.getRef(), call.getMethod()))
                : Optional.empty();
    }

    /** What a strategy of the registry makes of the body. */
    Optional<Type> yielded(@Nullable String strategy) {
        return strategy == null
                ? Optional.empty()
                : bean(strategy).map(type -> type.getAnnotation(Yields.class)).map(Yields::value);
    }

    /** The class of a name. */
    Optional<Type> type(@Nullable String name) {
        return name == null
                ? Optional.empty()
                : Optional.ofNullable(camel.getClassResolver().resolveClass(name));
    }

    private static Optional<Type> result(List<Method> methods) {
        List<Type> types =
                methods.stream().map(Method::getGenericReturnType).distinct().toList();
        return types.size() == 1 ? Optional.of(types.get(0)) : Optional.empty();
    }

    private List<Method> methods(@Nullable String ref, @Nullable String method) {
        if (ref == null || method == null) {
            return List.of();
        }
        String name = method.replaceFirst("\\(.*", "");
        return bean(ref).stream()
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(found -> found.getName().equals(name) && !found.isBridge())
                .toList();
    }

    private Optional<Class<?>> bean(String ref) {
        Object found = camel.getRegistry().lookupByName(ref.replaceFirst("^#(?:bean:)?", ""));
        return Optional.ofNullable(found).map(Object::getClass);
    }

    /** The bridge's own beans leave body and variables of the exchange that they are handed. */
    private static boolean takesExchange(Method method) {
        return !method.getDeclaringClass().getName().startsWith("org.conversationbridge.")
                && Arrays.stream(method.getParameterTypes())
                        .anyMatch(type -> type == Exchange.class || type == Message.class);
    }
}
