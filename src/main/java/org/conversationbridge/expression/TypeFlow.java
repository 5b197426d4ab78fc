// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.expression;

import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RemovePropertyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.dataformat.JsonDataFormat;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.TypedExpressionDefinition;
import org.conversationbridge.settings.SettingsReader;

/**
 * Follows the types of body and variables from step to step, into the routes that a step calls, and finds names that
 * the object of an expression certainly does not have. Where a type is not certain nothing is said: a route that works
 * is never refused. A name is treated as wrong where it is wrong on every way that leads to its step.
 */
final class TypeFlow {
    private static final Pattern DIRECT = Pattern.compile("direct:(?://)?([^?]+).*");
    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{(?:in\\.)?(body|variable\\.([\\w-]+))"
            + "((?:\\??\\.\\w+(?:\\([^(){}]*\\))?(?:\\[[^]{}]*])*)*)}");
    private static final String KEEPS_ORIGINAL =
            "#class:org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy";

    private final BeanTypes beans;
    private final Collection<RouteDefinition> routes;
    private final Map<String, RouteDefinition> direct = new LinkedHashMap<>();
    private final Set<RouteDefinition> called = new HashSet<>();
    private final Deque<RouteDefinition> within = new ArrayDeque<>();
    private final Map<String, Mistake> wrong = new LinkedHashMap<>();
    private final Set<String> right = new HashSet<>();

    TypeFlow(CamelContext camel, Collection<RouteDefinition> routes) {
        this.beans = new BeanTypes(camel);
        this.routes = routes;
        for (RouteDefinition route : routes) {
            directName(route.getInput().getEndpointUri()).ifPresent(name -> direct.put(name, route));
        }
    }

    /** What is wrong, in the order of the routes. */
    List<Mistake> mistakes() {
        routes.stream().filter(route -> !direct.containsValue(route)).forEach(route -> walk(route, Types.UNKNOWN));
        direct.values().stream().filter(route -> !called.contains(route)).forEach(route -> walk(route, Types.UNKNOWN));
        wrong.keySet().removeAll(right);
        return List.copyOf(wrong.values());
    }

    private Types walk(RouteDefinition route, Types before) {
        if (within.contains(route)) {
            return Types.UNKNOWN;
        }
        within.push(route);
        try {
            return walk(route.getOutputs(), before);
        } finally {
            within.pop();
        }
    }

    private Types walk(List<? extends ProcessorDefinition<?>> steps, Types before) {
        Types types = before;
        for (ProcessorDefinition<?> step : steps) {
            if (step.isAbstract() || !types.isReached()) {
                walk(step.getOutputs(), Types.UNKNOWN);
            } else if (step.getDisabled() != null) {
                types = Types.UNKNOWN;
            } else {
                types = walk(step, types);
            }
        }
        return types;
    }

    private Types walk(ProcessorDefinition<?> step, Types before) {
        if (step instanceof HasExpressionType node && node.getExpressionType() != null) {
            check(step, node.getExpressionType(), before);
        }
        if (step instanceof SetVariableDefinition set) {
            return set.getName().contains(":")
                    ? before
                    : keeping(set.getExpression(), before)
                            .withVariable(set.getName(), typeOf(set.getExpression(), before));
        }
        if (step instanceof SetBodyDefinition set) {
            return keeping(set.getExpression(), before).withBody(typeOf(set.getExpression(), before));
        }
        if (step instanceof SetHeadersDefinition set) {
            set.getHeaders().forEach(header -> check(step, header.getExpression(), before));
            return before;
        }
        if (step instanceof LogDefinition log) {
            check(step, String.valueOf(log.getMessage()), before);
            return before;
        }
        if (step instanceof StopDefinition) {
            return Types.NOWHERE;
        }
        if (step instanceof BeanDefinition bean) {
            return beans.after(bean, before);
        }
        if (step instanceof ToDefinition to) {
            return call(to, before);
        }
        if (step instanceof EnrichDefinition enrich) {
            return enrich(enrich, before);
        }
        if (step instanceof FilterDefinition filter) {
            return walk(filter.getOutputs(), before).or(before);
        }
        if (step instanceof ChoiceDefinition choice) {
            return choose(choice, before);
        }
        if (step instanceof TryDefinition attempt) {
            return attempt(attempt, before);
        }
        if (step instanceof SplitDefinition split) {
            Optional<Type> whole = typeOf(split.getExpression(), before);
            walk(split.getOutputs(), before.withBody(whole.flatMap(Members::element)));
            return split.getAggregationStrategy() == null ? before : before.withBody(Optional.empty());
        }
        if (step instanceof UnmarshalDefinition unmarshal) {
            return unmarshal.getVariableReceive() == null
                    ? before.withBody(unmarshalled(unmarshal))
                    : before.withVariable(unmarshal.getVariableReceive(), unmarshalled(unmarshal));
        }
        if (step instanceof MarshalDefinition marshal && marshal.getVariableReceive() == null) {
            return before.withBody(Optional.empty());
        }
        if (step instanceof ConvertBodyDefinition convert) {
            return before.withBody(beans.type(convert.getType()));
        }
        if (step instanceof TransactedDefinition
                || step instanceof PipelineDefinition
                || step instanceof StepDefinition) {
            return walk(step.getOutputs(), before);
        }
        if (step instanceof LoopDefinition) {
            return again(step.getOutputs(), before);
        }
        if (step instanceof CircuitBreakerDefinition breaker) {
            Types tried = walk(breaker.getOutputs(), before);
            Types broken = before.or(tried).withBody(Optional.empty());
            return breaker.getOnFallback() == null
                    ? broken
                    : tried.or(walk(breaker.getOnFallback().getOutputs(), broken));
        }
        if (leavesBody(step)) {
            return before;
        }
        walk(step.getOutputs(), Types.UNKNOWN);
        return Types.UNKNOWN;
    }

    private static boolean leavesBody(ProcessorDefinition<?> step) {
        return step instanceof SetHeaderDefinition
                || step instanceof SetPropertyDefinition
                || step instanceof RemoveHeaderDefinition
                || step instanceof RemoveHeadersDefinition
                || step instanceof RemovePropertyDefinition
                || step instanceof DelayDefinition
                || step instanceof ThrottleDefinition;
    }

    /** What holds however often the steps were done. */
    private Types again(List<ProcessorDefinition<?>> steps, Types before) {
        Types known = before;
        Types next = known.or(walk(steps, known));
        while (!next.equals(known)) {
            known = next;
            next = known.or(walk(steps, known));
        }
        return known;
    }

    private Types call(ToDefinition to, Types before) {
        Optional<RouteDefinition> callee = directName(to.getEndpointUri()).map(direct::get);
        if (callee.isEmpty()) {
            return before.withBody(Optional.empty());
        }
        called.add(callee.get());
        Types sent = to.getVariableSend() == null ? before : before.withBody(Optional.empty());
        Types after = walk(callee.get(), sent);
        if (to.getVariableReceive() != null) {
            return after.withBody(before.body()).withVariable(to.getVariableReceive(), Optional.empty());
        }
        return to.getVariableSend() == null ? after : after.withBody(Optional.empty());
    }

    /** It works on a copy; what becomes of the original is up to the strategy. */
    private Types enrich(EnrichDefinition enrich, Types before) {
        directName(enrich.getExpression().getExpression()).map(direct::get).ifPresent(callee -> {
            called.add(callee);
            walk(callee, enrich.getVariableSend() == null ? before : before.withBody(Optional.empty()));
        });
        String strategy = enrich.getAggregationStrategy();
        return KEEPS_ORIGINAL.equals(strategy) && enrich.getVariableReceive() == null
                ? before
                : before.withBody(beans.yielded(strategy));
    }

    private Types choose(ChoiceDefinition choice, Types before) {
        Types after = choice.getOtherwise() == null
                ? before
                : walk(choice.getOtherwise().getOutputs(), before);
        for (var when : choice.getWhenClauses()) {
            check(when, when.getExpression(), before);
            after = after.or(walk(when.getOutputs(), before));
        }
        return after;
    }

    /** A failure may come behind any of the steps. */
    private Types attempt(TryDefinition attempt, Types before) {
        Types tried = walk(attempt.getOutputsWithoutCatches(), before);
        Types broken = before.or(tried).withBody(Optional.empty());
        Types after = tried;
        for (CatchDefinition caught : attempt.getCatchClauses()) {
            if (caught.getOnWhen() != null) {
                check(caught, caught.getOnWhen().getExpression(), broken);
            }
            after = after.or(walk(caught.getOutputs(), broken));
        }
        if (attempt.getFinallyClause() != null) {
            walk(attempt.getFinallyClause().getOutputs(), Types.UNKNOWN);
            return Types.UNKNOWN;
        }
        return after;
    }

    private Optional<Type> unmarshalled(UnmarshalDefinition unmarshal) {
        return unmarshal.getDataFormatType() instanceof JsonDataFormat json
                        && json.getUnmarshalTypeName() != null
                        && json.getCollectionTypeName() == null
                        && json.getUseList() == null
                ? beans.type(json.getUnmarshalTypeName())
                : Optional.empty();
    }

    /** A method that takes the exchange may change all of it. */
    private Types keeping(ExpressionDefinition expression, Types before) {
        return beans.mayChangeExchange(expression) ? Types.UNKNOWN : before;
    }

    private Optional<Type> typeOf(ExpressionDefinition expression, Types types) {
        String text = String.valueOf(expression.getExpression()).strip();
        Matcher function = FUNCTION.matcher(text);
        if (expression.getLanguage().equals("variable")) {
            return Optional.ofNullable(types.variables().get(text));
        }
        if (expression instanceof TypedExpressionDefinition typed && typed.getResultTypeName() != null) {
            return beans.type(typed.getResultTypeName());
        }
        if (expression.getLanguage().equals("simple") && function.matches()) {
            return subject(function, types)
                    .flatMap(start -> Members.follow(start, function.group(3)).type());
        }
        return beans.result(expression);
    }

    private static Optional<Type> subject(Matcher function, Types types) {
        return function.group(2) == null
                ? types.body()
                : Optional.ofNullable(types.variables().get(function.group(2)));
    }

    private void check(OptionalIdentifiedDefinition<?> step, ExpressionDefinition expression, Types types) {
        if (expression.getLanguage().equals("simple")) {
            check(step, String.valueOf(expression.getExpression()), types);
        }
    }

    private void check(OptionalIdentifiedDefinition<?> step, String text, Types types) {
        Matcher function = FUNCTION.matcher(text);
        while (function.find()) {
            String key = routeId() + " " + step.getLineNumber() + " " + function.group();
            Optional<Members.Path> path =
                    subject(function, types).map(start -> Members.follow(start, function.group(3)));
            Optional<Class<?>> owner = path.flatMap(Members.Path::owner);
            if (owner.isEmpty()) {
                right.add(key);
            } else {
                wrong.put(key, mistake(step, function.group(), path.get().missing(), owner.get()));
            }
        }
    }

    private Mistake mistake(OptionalIdentifiedDefinition<?> step, String function, String missing, Class<?> owner) {
        Collection<String> names = Members.names(owner);
        return new Mistake(
                routeId(),
                step.getLineNumber(),
                missing,
                "the expression " + function + ": a " + owner.getSimpleName() + " has no '" + missing + "'"
                        + SettingsReader.guess(missing, names)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(". It has " + String.join(", ", names) + "."));
    }

    private String routeId() {
        RouteDefinition route = within.peek();
        return route == null ? "" : String.valueOf(route.getId());
    }

    private static Optional<String> directName(String uri) {
        Matcher name = DIRECT.matcher(String.valueOf(uri));
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
