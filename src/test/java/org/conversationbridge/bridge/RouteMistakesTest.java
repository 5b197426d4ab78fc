// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.component.quartz.QuartzComponent;
import org.conversationbridge.CopiedRoutes;
import org.conversationbridge.LogCapture;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in a route file, as an administrator makes them: each is refused with file, line, the word and advice. */
class RouteMistakesTest {
    private static final int FIRST_OF_MINE = 6;

    @TempDir
    private Path routes;

    @BeforeEach
    void copy() throws IOException {
        CopiedRoutes.into(routes);
    }

    /** A job of the rehearsal could fire where no route is started, and Camel warned of its missing endpoint. */
    @Test
    void the_rehearsal_starts_no_scheduler() {
        try (LogCapture quartz = LogCapture.of(QuartzComponent.class)) {
            start();

            assertThat(quartz.messages())
                    .noneMatch(line -> line.startsWith("Starting Quartz scheduler"))
                    .anyMatch(line -> line.startsWith("Not starting Quartz scheduler"));
        }
    }

    /** The entry before which an administrator adds one of their own. */
    private static final String OWN = "              - name: contentType\n";

    private static String own(String name, String expression) {
        return "              - name: " + name + "\n                simple: \"" + expression + "\"\n" + OWN;
    }

    /** Begin of the file's name, what is replaced, by what, the word on the line that is named, and of the advice. */
    static Stream<Arguments> edits() {
        return Stream.of(
                arguments(
                        "17-receive",
                        "- filter:\n            id: when-notified",
                        "- fliter:\n            id: when-notified",
                        "fliter",
                        "did you mean filter?"),
                arguments(
                        "25-confirm",
                        "ref: endings\n              method: begin",
                        "ref: endinks\n              method: begin",
                        "endinks",
                        "did you mean endings?"),
                arguments("22-poll", "method: notice\n", "method: notize\n", "notize", "did you mean notice?"),
                arguments(
                        "00-error",
                        "genesys.failure.RateLimitedException",
                        "genesys.failure.RateLimitException",
                        "RateLimitException",
                        "did you mean org.conversationbridge.genesys.failure.RateLimitedException?"),
                arguments(
                        "34-deliver",
                        "doCatch:\n              - exception:\n                  - java.lang.Exception\n                onWhen",
                        "doCatch:\n              - exception:\n                  - java.lang.Exceptin\n                onWhen",
                        "java.lang.Exceptin",
                        "did you mean java.lang.Exception?"),
                arguments("12-send", "uri: jms\n", "uri: jmss\n", "jmss", "did you mean jms?"),
                arguments(
                        "12-send",
                        "uri: jms\n",
                        "uri: kafka:topic\n",
                        "kafka",
                        "jar (camel-kafka) and its dependencies in lib/"),
                arguments(
                        "17-receive",
                        "simple: \"${header.JMSType} == 'replay'\"",
                        "jsonpath: \"$.x\"",
                        "jsonpath",
                        "put camel-jsonpath.jar and its dependencies into lib/"),
                arguments(
                        "30-enrich",
                        "concurrentConsumers: \"{{page.consumers}}\"",
                        "concurrentConsumers: many",
                        "concurrentConsumers",
                        "'many' is not a value that concurrentConsumers can have; it must be a whole number"),
                arguments(
                        "11-request",
                        "delay: \"0\"",
                        "delay: soon",
                        "soon",
                        "'soon' is not a value that delay can have"),
                arguments(
                        "30-enrich",
                        "destinationName:",
                        "destinatonName:",
                        "destinatonName",
                        "did you mean destinationName?"),
                arguments(
                        "30-enrich",
                        "        destinationName: \"{{page.queue}}\"\n",
                        "",
                        "uri: jms",
                        "Option destinationName is required"),
                arguments("35-deliver", OWN, own("mine", "${body.eventType"), "${body.eventType\"", "check its braces"),
                arguments(
                        "35-deliver",
                        OWN,
                        own("queue-id", "${body.queueId}"),
                        "name: queue-id",
                        "'queue-id' cannot be the name of a JMS property"),
                arguments(
                        "35-deliver",
                        OWN,
                        own("queue.id", "${body.queueId}"),
                        "name: queue.id",
                        "'queue.id' cannot be the name of a JMS property"),
                arguments(
                        "16-ask",
                        "name: JMSType",
                        "name: my type",
                        "name: my type",
                        "'my type' cannot be the name of a JMS property"),
                arguments(
                        "35-deliver",
                        "${variable.page?.isRestated} != true",
                        "${varable.page?.isRestated} != true",
                        "varable.page",
                        "did you mean variable?"),
                arguments("35-deliver", OWN, own("mine", "${body.medaType}"), "medaType", "did you mean mediaType?"),
                arguments(
                        "36-wrap",
                        "${variable.cloudEvent.source}",
                        "${variable.cloudEvent.sauce}",
                        "sauce",
                        "did you mean source?"),
                arguments(
                        "35-deliver",
                        "${variable.page?.isReplayed}",
                        "${variable.page?.isReplayd}",
                        "isReplayd",
                        "did you mean isReplayed?"),
                arguments(
                        "35-deliver",
                        "        - enrich:\n            id: enrich-with-agent-history\n",
                        "        - log: \"${body.conversation?.queue?.name} ${body.conversation?.queue?.nam}\"\n"
                                + "        - enrich:\n            id: enrich-with-agent-history\n",
                        "nam}",
                        "a QueueRef has no 'nam'; did you mean name?"),
                arguments(
                        "30-enrich",
                        "${variable.page.changes}",
                        "${variable.page.chnges}",
                        "chnges",
                        "did you mean changes?"),
                arguments(
                        "38-replace",
                        "${variable.change.isLive}",
                        "${variable.change.isLife}",
                        "isLife",
                        "did you mean isLive?"),
                arguments(
                        "60-park",
                        "${variable.parked.errorCode}",
                        "${variable.parked.errorCod}",
                        "errorCod}",
                        "did you mean errorCode?"),
                arguments(
                        "10-request",
                        "cron: \"{{poll.cron}}\"",
                        "cron: \"0 0 0 30 2 ?\"",
                        "cron: \"0 0 0 30 2",
                        "never fires"),
                arguments(
                        "10-request",
                        "cron: \"{{poll.cron}}\"",
                        "cron: at-noon",
                        "at-noon",
                        "not a Quartz cron expression"),
                arguments(
                        "30-enrich",
                        "    id: enrich-page\n",
                        "    id: enrich-page\n    startupOrder: last\n",
                        "last",
                        "'last' is not a value that startupOrder can have; it must be a whole number"),
                arguments(
                        "35-deliver",
                        "#historyEnrichment",
                        "#historyEnrichmnt",
                        "historyEnrichmnt",
                        "did you mean historyEnrichment?"),
                arguments(
                        "48-spare",
                        "{{history.retry-after-seconds}}",
                        "{{history.retry-after-second}}",
                        "history.retry-after-second",
                        "did you mean history.retry-after-seconds?"),
                arguments("51-send", "objectMapper: json", "objectMapper: jsn", "jsn", "did you mean json?"),
                arguments(
                        "28-announce-page",
                        "ref: pageTransaction",
                        "ref: pageTransactio",
                        "pageTransactio",
                        "did you mean pageTransaction?"),
                arguments("30-enrich", "change.ChangePage", "change.ChangedPage", "ChangedPage", "there is no class"),
                arguments(
                        "60-park",
                        "resultType: java.lang.String\n",
                        "resultType: java.lang.Strin\n",
                        "java.lang.Strin",
                        "did you mean java.lang.String?"),
                arguments(
                        "30-enrich",
                        "description: Takes",
                        "desription: Takes",
                        "desription",
                        "did you mean description?"),
                arguments(
                        "30-enrich", "message: \"histories", "mesage: \"histories", "mesage", "did you mean message?"),
                arguments("30-enrich", "loggingLevel: DEBUG", "loggingLevel: LOUD", "LOUD", "one of TRACE, DEBUG"),
                arguments(
                        "30-enrich", "library: Jackson", "library: Jakson", "Jakson", "one of Fastjson, Gson, Jackson"),
                arguments("40-agent", "doWhile: true", "doWhile: perhaps", "perhaps", "must be true or false"),
                arguments(
                        "35-deliver",
                        OWN,
                        own("mine", "${body.state}").replace("simple", "simpel"),
                        "simpel",
                        "did you mean simple?"),
                arguments(
                        "00-error",
                        "maximumRedeliveries: \"{{genesys.retries}}\"",
                        "maximumRedeliveries: lots",
                        "lots",
                        "is not a number"),
                arguments(
                        "00-error",
                        "useExponentialBackOff: true",
                        "useExponentialBackof: true",
                        "useExponentialBackof",
                        "did you mean useExponentialBackOff?"),
                arguments(
                        "51-send",
                        "id: send-http-request",
                        "id: send-to-send-request",
                        "send-to-send-request",
                        "is taken, at"),
                arguments(
                        "17-receive",
                        "simple: \"${header.JMSType} == 'replay'\"\n",
                        "\n",
                        "id: when-replays-requested",
                        "'when' has no expression"),
                arguments(
                        "17-receive",
                        "simple: \"${header.JMSType} == 'replay'\"\n",
                        "expression:\n",
                        "id: when-replays-requested",
                        "'when' has no expression"),
                arguments(
                        "12-send",
                        "        - to:\n            id: put-poll",
                        "          to:\n            id: put-poll",
                        "- removeHeaders:",
                        "Begin each step with a dash"),
                arguments(
                        "30-enrich",
                        "routeConfigurationId: roll-back",
                        "routeConfigurationId: rollback",
                        "rollback",
                        "did you mean roll-back?"),
                arguments(
                        "30-enrich",
                        "name: agent-history",
                        "name: agent-histroy",
                        "id: load-histories-of-page",
                        "did you mean agent-history?"),
                arguments(
                        "45-look",
                        "{{names.request-interval}}",
                        "{{names.request-intervall}}",
                        "names.request-intervall",
                        "did you mean names.request-interval?"),
                arguments(
                        "28-announce-page",
                        "    description: Puts",
                        "    id: other\n    description: Puts",
                        "id: other",
                        "is set twice in the same place, first at line"),
                arguments("30-enrich", "- route:", "route:", "route:", "begins with '- route:'"),
                arguments(
                        "30-enrich",
                        "            stopOnException: true",
                        "            stopOnException: true\n            parallelProcessing: true",
                        "parallelProcessing",
                        "hands the work to another thread"),
                arguments(
                        "51-send",
                        "asyncDelayed: false\n            method:\n              ref: genesys\n              method: p",
                        "asyncDelayed: true\n            method:\n              ref: genesys\n              method: p",
                        "asyncDelayed: true",
                        "hands the work to another thread"),
                arguments(
                        "40-agent",
                        "      steps:\n        - setVariable:\n            name: wanted",
                        "      steps:\n        - threads: {}\n        - setVariable:\n            name: wanted",
                        "threads",
                        "hands the work to another thread"),
                arguments(
                        "00-error",
                        "maximumRedeliveries: \"{{genesys.retries}}\"",
                        "asyncDelayedRedelivery: true\n            maximumRedeliveries: \"{{genesys.retries}}\"",
                        "asyncDelayedRedelivery",
                        "hands the work to another thread"),
                arguments(
                        "30-enrich",
                        "transacted: true",
                        "transacted: false",
                        "transacted: false",
                        "out of the transaction"),
                arguments(
                        "37-deliver",
                        "destinationName: \"{{deliver.queue}}\"",
                        "destinationName: \"{{deliver.queue}}\"\n                    transacted: false",
                        "transacted: false",
                        "out of the transaction"),
                arguments(
                        "29-write",
                        "destinationName: \"{{checkpoint.queue}}\"",
                        "destinationName: \"{{checkpoint.queue}}\"\n                    transacted: false",
                        "transacted: false",
                        "out of the transaction"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("edits")
    void each_is_refused_with_file_line_word_and_advice(String file, String from, String to, String word, String advice)
            throws IOException {
        Path edited = replace(file, from, to);

        assertThat(refusal())
                .contains(edited + " line " + lineOf(edited, word) + ": ")
                .contains(advice)
                .hasSizeLessThan(500);
    }

    /**
     * What Camel's pages of its patterns and of the JMS component say about threads, transactions and persistence, in
     * the forms that YAML has for it.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to: \"jms:queue:x?transacted=false\" | out of the transaction",
                "toD: \"jms:queue:x?concurrentConsumers=1&transacted=false\" | out of the transaction",
                "to: { uri: \"jms:queue:x?transacted={{names.look-up}}\" } | out of the transaction",
                "enrich: { constant: \"jms:queue:x?transacted=false\" } | out of the transaction",
                "recipientList: { constant: \"direct:agent-history,jms:queue:x?transacted=false\" } | out of the transaction",
                "to: { uri: jms, parameters: { destinationName: x, transacted: \"{{names.look-up}}\" } } | out of the transaction",
                "to: \"jms:queue:x?deliveryPersistent=false\" | in memory only",
                "to: \"jms:queue:x?deliveryMode=1\" | in memory only",
                "to: { uri: jms, parameters: { destinationName: x, deliveryPersistent: \"false\" } } | in memory only",
                "to: { uri: jms, parameters: { destinationName: x, deliveryMode: \"1\" } } | in memory only",
                "wireTap: { uri: \"direct:agent-history\" } | another thread",
                "to: \"seda:x\" | another thread",
                "to: { uri: seda, parameters: { name: x } } | another thread",
                "toD: \"vm:x\" | another thread",
                "aggregate: { constant: \"1\", completionTimeout: \"500\" } | keeps messages in memory",
                "aggregate: { constant: \"1\", completionInterval: \"500\" } | keeps messages in memory",
                "resequence: { simple: \"${body}\", streamConfig: { capacity: \"9\" } } | keeps messages in memory",
                "throttle: { constant: \"1\", asyncDelayed: true } | another thread",
                "delay: { constant: \"1\", asyncDelayed: true } | another thread",
                "multicast: { parallelProcessing: true, steps: [ to: \"direct:agent-history\" ] } | another thread",
                "multicast: { executorService: \"#x\", steps: [ to: \"direct:agent-history\" ] } | another thread",
                "recipientList: { constant: \"direct:agent-history\", parallelProcessing: true } | another thread",
                "circuitBreaker: { resilience4jConfiguration: { timeoutEnabled: true }, steps: [ stop: {} ] } | another thread",
                "saga: { steps: [ stop: {} ] } | another thread"
            })
    void what_leaves_the_transaction_of_a_page_is_refused_with_its_line(String step, String sentence)
            throws IOException {
        Path edited = replace("35-deliver", "\n      steps:\n", "\n      steps:\n        - " + step + "\n");
        int line = lineOf(edited, step);

        RouteFiles files = RouteFiles.read(routes);
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> files.check(files.placeholders()));
        assertThat(refused).as(step).isNotNull();
        assertThat(String.join("\n", refused.problems()))
                .contains(edited + " line " + line + ": ")
                .contains(sentence)
                .contains("Remove it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: \"jms:queue:x?transacted=true&deliveryPersistent=true&deliveryMode=2&lazyStartProducer=true\"",
                "delay: { constant: \"1\", asyncDelayed: false }",
                "multicast: { parallelProcessing: false, steps: [ to: \"direct:agent-history\" ] }",
                "log: \"seda: what is it? transacted=false\""
            })
    void what_stays_in_the_transaction_of_a_page_is_accepted(String step) throws IOException {
        replace("35-deliver", "\n      steps:\n", "\n      steps:\n        - " + step + "\n");

        RouteFiles files = RouteFiles.read(routes);
        assertThatCode(() -> files.check(files.placeholders())).doesNotThrowAnyException();
    }

    /** Each on a line of its own, so that one start finds all of them. */
    @Test
    void what_camel_would_read_with_the_first_message_is_read_before_the_start() throws IOException {
        List<String> wrong = List.of(
                "throttle: { constant: abc }",
                "throttle: { constant: 5s }",
                "throttle: { constant: \"-5\" }",
                "throttle: { constant: \"0\" }",
                "throttle: { constant: \"-7\", mode: ConcurrentRequests }",
                "delay: { constant: \"-5\" }",
                "loop: { constant: \"-1\", steps: [ { log: x } ] }",
                "throttle: { constant: \"{{genesys.region}}\" }",
                "delay: { constant: abc }",
                "delay: { simple: 3 days }",
                "delay: { constant: 3s }",
                "loop: { constant: often, steps: [ { log: x } ] }",
                "loop: { constant: \"3.5\", steps: [ { log: x } ] }",
                "aggregate: { aggregationStrategy: \"#historyEnrichment\", correlationExpression: { constant: x },"
                        + " completionSizeExpression: { constant: many }, steps: [ { log: x } ] }",
                "aggregate: { aggregationStrategy: \"#historyEnrichment\", correlationExpression: { constant: x },"
                        + " completionTimeoutExpression: { constant: soon }, steps: [ { log: x } ] }",
                "filter: { simple: \"${body} regex 'a('\", steps: [ { log: x } ] }",
                "filter: { simple: \"${body} is 'java.lang.Strin'\", steps: [ { log: x } ] }",
                "filter: { simple: \"${body} range 'a..b'\", steps: [ { log: x } ] }",
                "choice: { when: [ { simple: \"${body} regex '['\", steps: [ { log: x } ] } ] }",
                "setBody: { simple: \"${bodyAs(java.lang.Strin)}\" }",
                "setHeader: { name: x, simple: \"${date:now:QQQ}\" }");
        ofMine(wrong);

        List<String> refused = refusal().lines().toList();

        assertThat(refused).hasSameSizeAs(wrong);
        for (int i = 0; i < wrong.size(); i++) {
            assertThat(refused).as(wrong.get(i)).anyMatch(startsAtLine(FIRST_OF_MINE + i));
        }
    }

    /** Of steps and endpoints, where Camel names no line, or takes for 0 what is no time. */
    @Test
    void values_of_options_are_compared_with_their_types() throws IOException {
        List<String> wrong = List.of(
                "sample: { samplePeriod: soon }",
                "sample: { samplePeriod: 5x }",
                "sample: { messageFrequency: often }",
                "throttle: { constant: \"5\", timePeriodMillis: 5x }",
                "aggregate: { aggregationStrategy: \"#historyEnrichment\", correlationExpression: { constant: x },"
                        + " completionTimeout: 5x, steps: [ { log: x } ] }",
                "aggregate: { aggregationStrategy: \"#historyEnrichment\", correlationExpression: { constant: x },"
                        + " completionInterval: PT soon, steps: [ { log: x } ] }",
                "resequence: { simple: \"${body}\", batchConfig: { batchTimeout: soon }, steps: [ { log: x } ] }",
                "resequence: { simple: \"${body}\", streamConfig: { capacity: many }, steps: [ { log: x } ] }",
                "idempotentConsumer: { simple: \"${body}\", idempotentRepository: \"#x\", eager: perhaps }",
                "split: { simple: \"${body}\", timeout: 5S, steps: [ { log: x } ] }",
                "pollEnrich: { constant: \"file:target/none\", timeout: soon }",
                "threads: { poolSize: many }",
                "circuitBreaker: { resilience4jConfiguration: { failureRateThreshold: much }, steps: [ { log: x } ] }",
                "to: \"jms:queue:x?timeToLive=soon\"",
                "to: { uri: log, parameters: { loggerName: x, groupSize: many } }",
                "wireTap: { uri: \"log:x\", dynamicUri: perhaps }");
        ofMine(wrong);

        List<String> refused = refusal().lines().toList();

        assertThat(refused).hasSameSizeAs(wrong).allMatch(line -> line.contains(" can have; it must be "));
        for (int i = 0; i < wrong.size(); i++) {
            assertThat(refused).as(wrong.get(i)).anyMatch(startsAtLine(FIRST_OF_MINE + i));
        }
    }

    /** Sources: Jakarta Messaging 3.1 (priorities, modes), the pages of Camel and Resilience4j for the rest. */
    @Test
    void values_are_compared_with_the_range_or_the_names_of_their_option() throws IOException {
        String breaker = "circuitBreaker: { resilience4jConfiguration: { %s }, steps: [ { log: x } ] }";
        String group =
                "aggregate: { aggregationStrategy: \"#historyEnrichment\", correlationExpression: { constant: x },"
                        + " %s, steps: [ { log: x } ] }";
        String jms = "to: { uri: jms, parameters: { destinationName: x, %s } }";
        List<String> wrong = List.of(
                jms.formatted("priority: 11"),
                jms.formatted("priority: -1"),
                jms.formatted("priority: \"{{page.queue}}\""),
                jms.formatted("priority: \"{{mine:10}}\""),
                jms.formatted("deliveryMode: 7"),
                jms.formatted("deliveryDelay: -5"),
                jms.formatted("timeToLive: -5"),
                jms.formatted("jmsMessageType: Txt"),
                jms.formatted("destinationType: que"),
                "to: \"jms:queue:x?priority=11\"",
                "toD: \"jms:queue:x?deliveryMode=0\"",
                "to: { uri: \"jms:queue:x\", parameters: { priority: 10 } }",
                "to: \"log:x?level=LOUD\"",
                "to: { uri: log, parameters: { loggerName: x, groupSize: 0 } }",
                "to: \"http://localhost:9/x?httpMethod=FETCH\"",
                "to: \"file:target/x?fileExist=Sometimes\"",
                "throttle: { constant: \"5\", mode: Sometimes }",
                "split: { simple: \"${body}\", timeout: -5, steps: [ { log: x } ] }",
                group.formatted("completionTimeout: -5"),
                group.formatted("completionSize: -3, completionTimeout: 5000"),
                breaker.formatted("failureRateThreshold: 200"),
                breaker.formatted("failureRateThreshold: 0"),
                breaker.formatted("slowCallRateThreshold: 101"),
                breaker.formatted("minimumNumberOfCalls: 0"),
                breaker.formatted("slidingWindowSize: 0"),
                breaker.formatted("slidingWindowType: LATE_BASED"),
                breaker.formatted("waitDurationInOpenState: -1"),
                breaker.formatted("permittedNumberOfCallsInHalfOpenState: 0"),
                breaker.formatted("slowCallDurationThreshold: 0"),
                breaker.formatted("timeoutEnabled: true, timeoutDuration: -1"));
        ofMine(wrong);

        List<String> refused = refusal().lines().toList();

        assertThat(refused).hasSameSizeAs(wrong).allMatch(line -> line.contains(" can have; it must be "));
        for (int i = 0; i < wrong.size(); i++) {
            assertThat(refused).as(wrong.get(i)).anyMatch(startsAtLine(FIRST_OF_MINE + i));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maximumRedeliveries: -2 | it must be -1 or more",
                "redeliveryDelay: -1 | it must be 0 or more",
                "maximumRedeliveryDelay: -1 | it must be 0 or more",
                "backOffMultiplier: 0 | it must be 1 or more",
                "collisionAvoidanceFactor: 15 | it must be a number from 0 to 1",
                "retryAttemptedLogLevel: LOUD | it must be one of TRACE, DEBUG"
            })
    void numbers_of_a_policy_are_compared_with_their_range(String wrong, String said) throws IOException {
        Path mine = routes.resolve("70-mine.camel.yaml");
        Files.writeString(
                mine,
                "- routeConfiguration:\n    id: mine\n    onException:\n      - onException:\n          exception:"
                        + " [ java.lang.Exception ]\n          redeliveryPolicy:\n            " + wrong + "\n");

        assertThat(refusal()).contains(mine + " line 7: ", said);
    }

    @Test
    void values_at_the_ends_of_their_range_are_accepted() throws IOException {
        ofMine(List.of(
                "to: { uri: jms, parameters: { destinationName: x, priority: 0, deliveryMode: 1, timeToLive: -1 } }",
                "to: \"jms:queue:x?priority=9&deliveryMode=2&jmsMessageType=text\"",
                "to: \"file:target/x?fileExist=append\"",
                "to: \"http://localhost:9/x?httpMethod=POST&connectTimeout=0\"",
                "pollEnrich: { constant: \"file:target/none\", timeout: -1 }",
                "setBody: { constant: \"-5\" }",
                "loop: { constant: \"0\", steps: [ { log: x } ] }",
                "circuitBreaker: { resilience4jConfiguration: { failureRateThreshold: 100, minimumNumberOfCalls: 1 },"
                        + " steps: [ { log: x } ] }"));

        assertThat(refusal()).isEqualTo("starts");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "timer, timerName: t, period: 0, to fire once write repeatCount: 1",
                "timer, timerName: t, period: -5, period can have; it must be 1 or more",
                "timer, timerName: t, delay: -5, delay can have; it must be -1 or more",
                "jms, destinationName: x, concurrentConsumers: 0, it must be 1 or more",
                "jms, destinationName: x, receiveTimeout: -1, it must be 0 or more",
                "jms, destinationName: x, recoveryInterval: -5, it must be 0 or more",
                "jms, destinationName: x, acknowledgementModeName: OFTEN, it must be one of SESSION_TRANSACTED",
                "jms, destinationName: x, acknowledgementModeName: auto_acknowledge, it must be one of SESSION_TRANSACTED",
                "jms, destinationName: x, cacheLevelName: CACHE_SOME, it must be one of CACHE_AUTO",
                "jms, destinationName: x, transactionTimeout: -5, it must be -1 or more",
                "timer, timerName: t, period: 5x, period can have; it must be a time",
                "timer, timerName: t, repeatCount: often, repeatCount can have; it must be a whole number",
                "quartz, groupName: g, trigger.timeZone: Mars/North, it must be the name of a time zone",
                "quartz, triggerName: t, triggerStartDelay: soon, triggerStartDelay can have; it must be a time",
                "jms, destinationName: x, receiveTimeout: 5x, receiveTimeout can have; it must be a time"
            })
    void options_of_what_starts_a_route_are_compared_with_their_types(
            String component, String first, String wrong, String said) throws IOException {
        Path mine = routes.resolve("70-mine.camel.yaml");
        Files.writeString(
                mine,
                "- route:\n    from:\n      uri: " + component + "\n      parameters:\n        " + first + "\n        "
                        + wrong + "\n      steps:\n        - log: x\n");

        assertThat(refusal()).contains(mine + " line 6: ", said);
    }

    @Test
    void selectors_are_read_as_the_broker_reads_them() throws IOException {
        Path mine = routes.resolve("70-mine.camel.yaml");
        Files.writeString(mine, """
                - route:
                    id: right
                    from:
                      uri: jms
                      parameters:
                        destinationName: right
                        selector: "eventType = 'conversation.ended' AND JMSPriority > 3 OR mediaType LIKE 'v%'"
                      steps:
                        - log: x
                - route:
                    id: wrong
                    from:
                      uri: jms
                      parameters:
                        destinationName: wrong
                        selector: "a = = b"
                      steps:
                        - log: x
                - route:
                    id: of-a-setting
                    from:
                      uri: jms
                      parameters:
                        destinationName: other
                        selector: "{{genesys.region}} = = b"
                      steps:
                        - log: x
                - route:
                    id: in-its-uri
                    from:
                      uri: "jms:queue:x?selector=RAW(LIKE 5)"
                      steps:
                        - log: x
                """);

        assertThat(refusal().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith(mine + " line 16: 'a = = b' is no JMS selector."))
                .anyMatch(line -> line.startsWith(mine + " line 25: 'us-east-1 = = b' is no JMS selector."))
                .anyMatch(line -> line.startsWith(mine + " line 31: 'LIKE 5' is no JMS selector."));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "sample: { samplePeriod: \"0\" }; a time or number of this step is not above 0",
                "throttle: { constant: \"5\", timePeriodMillis: \"-5\" }; '-5' is not a value that timePeriodMillis can have; it must be 0 or more",
                "throttle: { constant: \"5\", timePeriodMillis: \"0\" }; a time or number of this step is not above 0",
                "idempotentConsumer: { simple: \"${body}\", steps: [ { log: x } ] }; an idempotentConsumer has no repository",
                "idempotentConsumer: { simple: x, idempotentRepository: \"#names\", steps: [ { log: x } ] }; the bean names is of another type",
                "to: { uri: quartz, parameters: { triggerName: t } }; an endpoint of the component quartz cannot be made"
            },
            delimiter = ';')
    void what_camel_refuses_is_said_with_its_line(String step, String said) throws IOException {
        ofMine(List.of(step));

        assertThat(refusal()).contains("70-mine.camel.yaml line " + FIRST_OF_MINE + ": " + said);
    }

    /** Camel looks them up when the message comes, and passes over a class that is never thrown. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "log: \"${ref:nope}\"; the expression ${ref:nope}: there is no bean nope. Name one",
                "setBody: { simple: \"${ref:delivry}\" }; there is no bean delivry; did you mean delivery?",
                "setHeader: { name: x, simple: \"a ${ref:nope} b\" }; there is no bean nope",
                "filter: { simple: \"${ref:nope} == 1\", steps: [ { log: x } ] }; there is no bean nope",
                "choice: { when: [ { simple: \"${ref:nope}\", steps: [ { log: x } ] } ] }; there is no bean nope",
                "setBody: { ref: nope }; there is no bean nope",
                "log: \"${bean:nope}\"; there is no bean nope",
                "doTry: { steps: [ { log: x } ], doCatch: [ { exception: [ java.lang.String ], steps: [ { log: x } ] } ] }; java.lang.String is not an exception, so it is never caught",
                "throwException: { message: x, exceptionType: java.lang.Integer }; java.lang.Integer is not an exception, so it is never thrown"
            })
    void beans_and_exceptions_that_are_none_are_refused(String step, String said) throws IOException {
        ofMine(List.of(step));

        assertThat(refusal()).contains("70-mine.camel.yaml line " + FIRST_OF_MINE + ": ", said);
    }

    @Test
    void a_policy_that_catches_what_is_no_exception_is_refused() throws IOException {
        Path mine = routes.resolve("70-mine.camel.yaml");
        String policy =
                "- routeConfiguration:\n    id: mine\n    onException:\n      - onException:\n          exception:"
                        + " [ java.lang.String ]\n          redeliveryPolicy: { maximumRedeliveries: 0 }\n";
        Files.writeString(mine, policy);
        assertThat(refusal()).contains(mine + " line 5: java.lang.String is not an exception");

        Files.writeString(mine, policy.replace("java.lang.String", "java.lang.Throwable"));
        assertThat(refusal()).isEqualTo("starts");
    }

    @Test
    void beans_and_exceptions_that_are_there_are_accepted() throws IOException {
        ofMine(List.of(
                "log: \"${ref:delivery} ${ref:json} ${bean:delivery?method=pauseMillis}\"",
                "doTry: { steps: [ { log: x } ], doCatch: [ { exception: [ java.lang.Throwable,"
                        + " java.lang.OutOfMemoryError ], steps: [ { log: x } ] } ] }",
                "throwException: { message: \"${body}\", exceptionType: java.lang.IllegalStateException }"));

        assertThat(refusal()).isEqualTo("starts");
    }

    @Test
    void times_and_numbers_as_camel_writes_them_are_right() throws IOException {
        ofMine(List.of(
                "sample: { samplePeriod: 1h30m5s }",
                "sample: { samplePeriod: 500ms, messageFrequency: 5 }",
                "to: { uri: jms, parameters: { destinationName: x, timeToLive: \"{{genesys.retry-max-delay}}\" } }",
                "throttle: { constant: \"5\", timePeriodMillis: 2min }",
                "split: { simple: \"${body}\", timeout: \"0\", steps: [ { log: x } ] }",
                "to: \"jms:queue:x?timeToLive=5s&deliveryPersistent=TRUE\"",
                "to: { uri: log, parameters: { loggerName: x, groupInterval: 5s } }"));

        assertThat(refusal()).isEqualTo("starts");
    }

    @Test
    void numbers_of_a_policy_are_read_where_a_setting_gives_them() throws IOException {
        Path policy = replace(
                "00-error",
                "maximumRedeliveryDelay: \"{{genesys.retry-max-delay}}\"",
                "maximumRedeliveryDelay: \"{{genesys.region}}\"");

        assertThat(refusal())
                .contains(policy + " line " + lineOf(policy, "maximumRedeliveryDelay: \"{{genesys.region"))
                .contains("'maximumRedeliveryDelay: us-east-1' is not a number");
    }

    /** Whatever may work with some message is let through. */
    @Test
    void what_only_a_message_can_show_is_not_refused() throws IOException {
        ofMine(List.of(
                "log: \"${body.whatever} ${body[0].x} ${variable.mine.name} ${header.x.length} ${exception.whatever}\"",
                "throttle: { constant: \"{{genesys.retries}}\" }",
                "throttle: { simple: \"${header.rate}\" }",
                "delay: { constant: \"0\" }",
                "delay: { method: { ref: delivery, method: pauseMillis } }",
                "unmarshal: { json: { library: Jackson, unmarshalType: org.conversationbridge.change.ChangePage } }",
                "log: \"${body.class.name} ${body.changes.size} ${body.changes[0].conversation.mediaType.length}\"",
                "log: \"${body.changes[0]?.conversation?.queue?.name} ${body.toString} ${body.getClass.getName}\"",
                "unmarshal: { json: { library: Jackson, unmarshalType: java.util.Map } }",
                "log: \"${body.medaType} ${body[x].y.z}\"",
                "unmarshal: { json: { library: Jackson } }",
                "log: \"${body.medaType}\"",
                "filter: { simple: \"${body} is 'java.lang.String' && ${body} regex '[a-z]+'\", steps: [ { log: x } ] }",
                "script: { simple: \"${body.anything}\" }",
                "log: \"${date:now:yyyy-MM-dd} ${bodyAs(java.lang.String)} ${header.x} range '1..2'\""));

        assertThat(refusal()).isEqualTo("starts");
    }

    /** A route that others call is right where one of them hands it what it reads. */
    @Test
    void a_route_that_is_called_with_several_bodies_is_not_refused() throws IOException {
        Files.writeString(routes.resolve("70-mine.camel.yaml"), """
                - route:
                    id: one
                    from:
                      uri: timer:one
                      steps:
                        - setBody: { method: { ref: gaps, method: begin } }
                        - to: direct:shared
                - route:
                    id: two
                    from:
                      uri: timer:two
                      steps:
                        - setBody: { method: { ref: histories, method: begin } }
                        - to: direct:shared
                - route:
                    id: shared
                    from:
                      uri: direct:shared
                      steps:
                        - log: "${body.lookup} ${body.since}"
                """);

        assertThat(refusal()).isEqualTo("starts");
    }

    static Stream<Path> shipped() {
        return RouteFiles.in(Path.of("routes")).stream();
    }

    /** None of them may be deleted: the refusal names the route, or who calls it. */
    @ParameterizedTest
    @MethodSource("shipped")
    void a_shipped_file_that_is_deleted_is_missed(Path shipped) throws IOException {
        String file = shipped.getFileName().toString();
        Files.delete(routes.resolve(file));

        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> {
            RouteFiles files = RouteFiles.read(routes);
            files.check(ShippedRoutes.placeholders());
            files.checkComplete();
        });
        assertThat(refused).isNotNull();
        assertThat(String.join("\n", refused.problems()))
                .containsAnyOf(
                        "there is no route '" + file.substring(3).replace(".camel.yaml", "") + "', and without it",
                        "no route listens to direct:" + file.substring(3).replace(".camel.yaml", ""),
                        "no routeConfiguration with id ");
    }

    @ParameterizedTest
    @CsvSource({
        "10-request-poll,no poll would be requested,autoStartup: false",
        "11-request-first-poll,would wait for the next fire time,autoStartup: false",
        "13-hold-channels,no notification channel would be connected,poll.source",
        "15-receive-notification,each notification would be lost,poll.source",
        "17-receive-request,no poll would run,autoStartup: false",
        "30-enrich-page,nothing would be delivered,autoStartup: false",
        "45-look-up-names,names would stay empty,names.look-up"
    })
    void what_a_file_that_nothing_names_is_for_is_said(String file, String without, String off) throws IOException {
        Files.delete(routes.resolve(file + ".camel.yaml"));

        assertThat(refusal())
                .contains("there is no route '" + file.substring(3) + "'", "from the distribution", without, off);
    }

    @Test
    void a_file_that_others_name_is_missed() throws IOException {
        Files.delete(routes.resolve("40-agent-history.camel.yaml"));

        assertThat(refusal())
                .contains("no route listens to direct:agent-history. Is a file of the folder missing")
                .doesNotContain("did you mean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "70-x.yaml",
                "70-x.camel.yml",
                "70-x.YAML",
                "70-x.camel.xml",
                "70-x.camel.yaml.txt",
                "70-x.yaml.TXT",
                "70-x.camel.yaml (1)",
                "70-x.camel",
                "70-x.camel.yaml.j2"
            })
    void a_route_in_a_file_of_another_name_is_refused(String name) throws IOException {
        Files.copy(routes.resolve("10-request-poll.camel.yaml"), routes.resolve(name));

        assertThat(refusal()).contains(name, "route files are called *.camel.yaml");
    }

    @Test
    void what_editors_leave_behind_is_no_route() throws IOException {
        for (String name : List.of(
                ".#30-enrich-page.camel.yaml",
                "#30-enrich-page.camel.yaml#",
                "30-enrich-page.camel.yaml~",
                "._30-enrich-page.camel.yaml",
                ".30-enrich-page.camel.yaml.swp",
                "30-enrich-page.camel.yaml.bak",
                "30-enrich-page.camel.yaml.orig",
                "30-enrich-page.camel.yaml.disabled",
                "30-enrich-page.camel.yaml.2026-11-28",
                "30-enrich-page.camel.yaml.rpmnew",
                ".DS_Store",
                "README.md")) {
            Files.writeString(routes.resolve(name), "- route: {");
        }

        assertThat(refusal()).isEqualTo("starts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "mine/more", "EU"})
    void a_route_in_a_subfolder_is_named(String subfolder) throws IOException {
        Path file = Files.createDirectories(routes.resolve(subfolder)).resolve("70-mine.camel.yaml");
        Files.writeString(file, "- route: {}\n");

        assertThat(refusal())
                .contains(file + ": routes are not read from folders")
                .contains("Move it to " + routes.resolve("70-mine.camel.yaml"));
    }

    /** A mounted ConfigMap has its files in hidden folders; a folder of old ones is kept on purpose. */
    @ParameterizedTest
    @ValueSource(strings = {"..2026_11_28_12_00_00.1", ".git", "old", "backup", "disabled", "pictures"})
    void a_folder_that_is_not_of_routes_in_use_is_accepted(String subfolder) throws IOException {
        String name = subfolder.equals("pictures") ? "flow.png" : "70-mine.camel.yaml";
        Files.writeString(Files.createDirectories(routes.resolve(subfolder)).resolve(name), "- route: {}\n");

        assertThat(RouteFiles.in(routes)).hasSameSizeAs(RouteFiles.in(Path.of("routes")));
    }

    @Test
    void a_copied_file_is_named_with_the_one_it_is_a_copy_of() throws IOException {
        Path copy = routes.resolve("31-copy.camel.yaml");
        Files.copy(routes.resolve("30-enrich-page.camel.yaml"), copy);

        int line = lineOf(copy, "id: enrich-page");
        assertThat(refusal())
                .contains(copy + " line " + line + ": the id 'enrich-page' is taken, at "
                        + routes.resolve("30-enrich-page.camel.yaml") + " line " + line)
                .contains("remove the file that was copied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n"})
    void a_file_without_a_route_is_refused(String text) throws IOException {
        Files.writeString(routes.resolve("70-mine.camel.yaml"), text);

        assertThat(refusal()).contains("70-mine.camel.yaml");
    }

    @Test
    void what_is_no_route_at_all_is_refused() throws IOException {
        Files.writeString(routes.resolve("70-mine.camel.yaml"), "apiVersion: v1\nkind: Service\n");

        assertThat(refusal()).contains("70-mine.camel.yaml line 1: this is not a list of routes");
    }

    @Test
    void a_file_of_another_encoding_is_refused_with_its_line() throws IOException {
        Files.write(routes.resolve("70-mine.camel.yaml"), "# one\n# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal()).contains("70-mine.camel.yaml: cannot be read: line 2 is not UTF-8");
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_read() throws IOException {
        Path file = routes.resolve("30-enrich-page.camel.yaml");
        Files.writeString(file, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));

        assertThat(refusal()).isEqualTo("starts");
    }

    /** Wherever it is cut, it starts, as a shorter route, or the file is named. */
    @Test
    void a_file_that_is_cut_is_named() throws IOException {
        Path file = routes.resolve("35-deliver-conversation.camel.yaml");
        List<String> lines = Files.readAllLines(file);
        int head = (int) lines.stream().takeWhile(line -> line.startsWith("#")).count();
        for (int cut = head + 1; cut < lines.size(); cut += 7) {
            Files.write(file, lines.subList(0, cut));
            String refusal = refusal();
            assertThat(refusal).as("cut after line " + cut).hasSizeLessThan(600);
            if (!refusal.equals("starts")) {
                assertThat(refusal).as("cut after line " + cut).contains(".camel.yaml line ");
            }
        }
    }

    @Test
    void a_route_of_ones_own_may_use_threads_and_do_without_transactions() throws IOException {
        Files.writeString(routes.resolve("70-mine.camel.yaml"), """
                - route:
                    id: mine
                    from:
                      uri: jms
                      parameters:
                        destinationType: queue
                        destinationName: "{{deliver.queue}}"
                        transacted: false
                      steps:
                        - threads:
                            poolSize: "2"
                        - split:
                            parallelProcessing: true
                            simple: "${body}"
                            steps:
                              - to: file:target/never
                """);

        assertThat(refusal()).isEqualTo("starts");
    }

    private void ofMine(List<String> steps) throws IOException {
        Files.writeString(
                routes.resolve("70-mine.camel.yaml"),
                "- route:\n    id: mine\n    from:\n      uri: direct:mine\n      steps:\n        - "
                        + String.join("\n        - ", steps) + "\n");
    }

    private static Predicate<String> startsAtLine(int line) {
        return refused -> refused.contains("70-mine.camel.yaml line " + line + ": ");
    }

    private Path replace(String file, String from, String to) throws IOException {
        Path edited = file(file);
        String text = Files.readString(edited);
        assertThat(text).contains(from);
        Files.writeString(edited, text.replace(from, to));
        return edited;
    }

    private static int lineOf(Path file, String word) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return 1
                + IntStream.range(0, lines.size())
                        .filter(line -> !lines.get(line).startsWith("#")
                                && lines.get(line).contains(word))
                        .findFirst()
                        .orElseThrow();
    }

    private String refusal() {
        SettingsException refused = catchThrowableOfType(SettingsException.class, this::start);
        return refused == null ? "starts" : String.join("\n", refused.problems());
    }

    private void start() {
        RouteFiles files = RouteFiles.read(routes);
        Settings settings = new SettingsReader(Map.of()).read(Path.of("config"), files.placeholders(), Map.of());
        files.check(settings.placeholders());
        files.checkComplete();
        Bridge.check(settings, routes);
    }

    private Path file(String begin) throws IOException {
        try (Stream<Path> files = Files.list(routes)) {
            return files.filter(file -> file.getFileName().toString().startsWith(begin))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
