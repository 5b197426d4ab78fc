// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.conversationbridge.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * Beans and classes that an expression or a handler names, and that Camel looks up when a message comes: a bean that is
 * not there, a class that cannot be thrown or caught.
 */
final class NamedThings {
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:simple)?\\{ref:([^${}]+)}");

    private final CamelContext camel;
    private final List<Mistake> mistakes = new ArrayList<>();

    NamedThings(CamelContext camel) {
        this.camel = camel;
    }

    List<Mistake> mistakes(List<RouteDefinition> routes, List<RouteConfigurationDefinition> policies) {
        for (RouteDefinition route : routes) {
            look(String.valueOf(route.getId()), route.getOutputs());
        }
        for (RouteConfigurationDefinition policy : policies) {
            look(String.valueOf(policy.getId()), policy.getOnExceptions());
        }
        return mistakes;
    }

    private void look(String routeId, Collection<? extends ProcessorDefinition<?>> steps) {
        List<ProcessorDefinition<?>> outputs = new ArrayList<>(steps);
        for (ProcessorDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(outputs, ProcessorDefinition.class)) {
            beans(routeId, step);
            if (step instanceof CatchDefinition caught) {
                caught.getExceptions().forEach(name -> throwable(routeId, step, name, Throwable.class));
            } else if (step instanceof OnExceptionDefinition handler) {
                handler.getExceptions().forEach(name -> throwable(routeId, step, name, Throwable.class));
            } else if (step instanceof ThrowExceptionDefinition thrown) {
                throwable(routeId, step, thrown.getExceptionType(), Exception.class);
            }
        }
    }

    private void beans(String routeId, ProcessorDefinition<?> step) {
        if (step instanceof HasExpressionType node) {
            simple(routeId, step, node.getExpressionType());
        }
        if (step instanceof ChoiceDefinition choice) {
            choice.getWhenClauses().forEach(when -> simple(routeId, when, when.getExpression()));
        } else if (step instanceof LogDefinition log) {
            references(routeId, step, log.getMessage());
        } else if (step instanceof ToDynamicDefinition to) {
            references(routeId, step, to.getUri());
        } else if (step instanceof ThrowExceptionDefinition thrown) {
            references(routeId, step, thrown.getMessage());
        } else if (step instanceof SetHeadersDefinition set) {
            set.getHeaders().forEach(header -> simple(routeId, step, header.getExpression()));
        }
    }

    private void simple(
            String routeId, OptionalIdentifiedDefinition<?> step, @Nullable ExpressionDefinition expression) {
        if (expression != null && expression.getLanguage().equals("simple")) {
            references(routeId, step, expression.getExpression());
        }
    }

    private void references(String routeId, OptionalIdentifiedDefinition<?> step, @Nullable String text) {
        Matcher reference = REFERENCE.matcher(String.valueOf(text));
        while (reference.find()) {
            String name = reference.group(1).strip();
            if (camel.getRegistry().lookupByName(name) == null) {
                mistakes.add(new Mistake(
                        routeId,
                        step.getLineNumber(),
                        name,
                        "the expression " + reference.group() + ": there is no bean " + name + near(name)));
            }
        }
    }

    private String near(String name) {
        Collection<String> known =
                camel.getRegistry().findByTypeWithName(Object.class).keySet();
        return SettingsReader.guess(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse(". Name one of the beans of the bridge, or one that you define in a file of routes.");
    }

    private void throwable(String routeId, ProcessorDefinition<?> step, @Nullable String name, Class<?> needed) {
        Optional.ofNullable(name)
                .map(camel::resolvePropertyPlaceholders)
                .map(type -> camel.getClassResolver().resolveClass(type))
                .filter(type -> !needed.isAssignableFrom(type))
                .ifPresent(type -> mistakes.add(new Mistake(
                        routeId,
                        step.getLineNumber(),
                        String.valueOf(name),
                        type.getName() + " is not an exception, so it is never "
                                + (step instanceof ThrowExceptionDefinition ? "thrown" : "caught")
                                + ". Write the full name of one, such as java.lang.Exception.")));
    }
}
