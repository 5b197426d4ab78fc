// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ExpressionSubElementDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OutputExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ValidateDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * Values that are the same for each message, and that Camel reads only when the first one comes: numbers and times of
 * steps, texts that a condition compares with. They are read here as it would read them.
 */
final class FixedValues {
    private static final String TIME = "a number of milliseconds";
    private static final String COUNT = "a whole number";

    private final CamelContext camel;
    private final List<Mistake> mistakes = new ArrayList<>();

    FixedValues(CamelContext camel) {
        this.camel = camel;
    }

    List<Mistake> mistakes(List<RouteDefinition> routes, List<RouteConfigurationDefinition> policies) {
        for (RouteDefinition route : routes) {
            String id = String.valueOf(route.getId());
            look(id, route.getOutputs());
        }
        for (RouteConfigurationDefinition policy : policies) {
            policy.getOnExceptions().forEach(handler -> look(String.valueOf(policy.getId()), List.of(handler)));
        }
        return mistakes;
    }

    private void look(String routeId, Collection<? extends ProcessorDefinition<?>> steps) {
        for (ProcessorDefinition<?> step : steps) {
            look(routeId, step);
            look(routeId, step.getOutputs());
        }
    }

    private void look(String routeId, ProcessorDefinition<?> step) {
        if (step instanceof ThrottleDefinition throttle) {
            number(routeId, step, throttle.getExpression(), Integer.class, COUNT);
        } else if (step instanceof DelayDefinition delay) {
            number(routeId, step, delay.getExpression(), Long.class, TIME);
        } else if (step instanceof LoopDefinition loop && loop.getDoWhile() == null) {
            number(routeId, step, loop.getExpression(), Integer.class, COUNT);
        } else if (step instanceof AggregateDefinition aggregate) {
            number(routeId, step, type(aggregate.getCompletionSizeExpression()), Integer.class, COUNT);
            number(routeId, step, type(aggregate.getCompletionTimeoutExpression()), Long.class, TIME);
        } else if (step instanceof OnExceptionDefinition handler && handler.getRedeliveryPolicyType() != null) {
            policy(routeId, step, handler.getRedeliveryPolicyType());
        } else if (step instanceof ChoiceDefinition choice) {
            choice.getWhenClauses().forEach(when -> {
                literals(routeId, when, when.getExpression());
                look(routeId, when.getOutputs());
            });
            if (choice.getOtherwise() != null) {
                look(routeId, choice.getOtherwise().getOutputs());
            }
        } else if (step instanceof ExpressionNode node && node.getExpression() != null) {
            literals(routeId, step, node.getExpression());
        }
    }

    private static @Nullable ExpressionDefinition type(@Nullable ExpressionSubElementDefinition element) {
        return element == null ? null : element.getExpressionType();
    }

    private void policy(String routeId, ProcessorDefinition<?> step, RedeliveryPolicyDefinition policy) {
        Map<String, String> numbers = new LinkedHashMap<>();
        put(numbers, "maximumRedeliveries", policy.getMaximumRedeliveries());
        put(numbers, "redeliveryDelay", policy.getRedeliveryDelay());
        put(numbers, "maximumRedeliveryDelay", policy.getMaximumRedeliveryDelay());
        put(numbers, "backOffMultiplier", policy.getBackOffMultiplier());
        put(numbers, "collisionAvoidanceFactor", policy.getCollisionAvoidanceFactor());
        numbers.forEach((key, written) -> {
            String value = camel.resolvePropertyPlaceholders(written);
            if (!value.matches("-?[0-9]+(?:\\.[0-9]+)?")) {
                mistakes.add(new Mistake(
                        routeId,
                        step.getLineNumber(),
                        key,
                        "'" + key + ": " + value + "' is not a number; write one, in milliseconds if it is a delay."));
            }
        });
    }

    private static void put(Map<String, String> numbers, String key, @Nullable String value) {
        if (value != null) {
            numbers.put(key, value);
        }
    }

    private void number(
            String routeId,
            ProcessorDefinition<?> step,
            @Nullable ExpressionDefinition expression,
            Class<? extends Number> type,
            String what) {
        if (expression == null || !isFixed(expression)) {
            return;
        }
        Number value;
        try {
            value = evaluate(expression, type);
        } catch (RuntimeCamelException e) {
            value = null;
        }
        // With 0 a throttle lets nothing pass.
        int least = step instanceof ThrottleDefinition ? 1 : 0;
        if (value == null || value.longValue() < least) {
            mistakes.add(new Mistake(
                    routeId,
                    step.getLineNumber(),
                    expression.getExpression(),
                    "'" + expression.getExpression() + "' below " + step.getShortName() + " is not " + what
                            + " of at least " + least + "; write one."));
        }
    }

    private static boolean isFixed(ExpressionDefinition expression) {
        return expression.getLanguage().equals("constant")
                || expression.getLanguage().equals("simple")
                        && !expression.getExpression().contains("${")
                        && !expression.getExpression().contains("$simple{");
    }

    /** A pattern, a range, or the name of a class. The body of the trial is a text; beans are not called. */
    private void literals(String routeId, OptionalIdentifiedDefinition<?> step, ExpressionDefinition expression) {
        String text = String.valueOf(expression.getExpression());
        if (!expression.getLanguage().equals("simple") || text.contains("bean:") || text.contains("ref:")) {
            return;
        }
        try {
            if (step instanceof OutputExpressionNode
                    || step instanceof WhenDefinition
                    || step instanceof ValidateDefinition) {
                boolean unused = expression.matches(trial());
            } else {
                evaluate(expression, Object.class);
            }
        } catch (RuntimeException e) {
            literal(text, ExceptionUtils.getRootCause(e))
                    .ifPresent(sentence -> mistakes.add(new Mistake(routeId, step.getLineNumber(), text, sentence)));
        }
    }

    /** What is wrong whatever the message is; everything else may come from the trial. */
    private static Optional<String> literal(String text, Throwable cause) {
        if (cause instanceof PatternSyntaxException pattern) {
            return Optional.of(
                    "'" + pattern.getPattern() + "' is not a regular expression: " + pattern.getDescription() + ".");
        }
        if (cause instanceof ClassNotFoundException missing) {
            return Optional.of("there is no class " + missing.getMessage()
                    + ". Write its full name; a class of your own is in a jar in lib/.");
        }
        boolean isPattern = cause instanceof IllegalArgumentException
                && String.valueOf(cause.getMessage()).matches("(?:Illegal|Unknown) pattern.*");
        if (cause instanceof SimpleIllegalSyntaxException || isPattern) {
            String reason =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            return Optional.of("the expression " + text + ": " + reason.replaceAll("\\.? at location \\d+$", "") + ".");
        }
        return Optional.empty();
    }

    private <T> T evaluate(ExpressionDefinition expression, Class<T> type) {
        return expression.evaluate(trial(), type);
    }

    private Exchange trial() {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody("text");
        return exchange;
    }
}
