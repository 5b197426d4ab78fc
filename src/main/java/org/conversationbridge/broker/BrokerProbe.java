// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.failure.Repeated;
import org.conversationbridge.settings.QueueSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.UncategorizedJmsException;

/**
 * Whether the broker can be reached, has its queues and takes messages, asked in the background every few seconds: a
 * health probe must answer at once, and a broker that is down takes seconds to be found so. Each change is one log
 * line. What fails for an unexpected reason keeps neither the other looks nor the next ones from being made; while
 * there is no result, the last one is not taken for the state of the broker.
 */
public final class BrokerProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);
    private static final String NOT_REACHABLE = "broker not reachable: ";
    private static final Duration PERIOD = Duration.ofSeconds(3);
    /** A broker that is down is found so in less. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(6);
    /** How long a result is used: several times what a broker without an answer takes to be found so. */
    static final Duration OLDEST_RESULT = Duration.ofSeconds(60);

    private final BrokerConnections broker;
    private final ConnectionFactory factory;
    private final QueueInspection inspection;
    private final ResultBacklog backlog;
    private final SendTrial trial;
    private final ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor(BrokerProbe::daemon);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Repeated checks = new Repeated("check of the broker", this::probe);
    private final List<Guarded> looks = new CopyOnWriteArrayList<>();
    private final LongSupplier nanoTime;
    private @Nullable Connection connection;
    private volatile String problem = "broker not checked yet";
    private volatile long resultAt;
    private volatile boolean isClosed;

    /** A look, and what keeps its failures from the others. */
    private record Guarded(Look look, Repeated guard) {}

    /** @param names of the queues; those without which nothing goes on are asked each */
    public BrokerProbe(
            BrokerConnections broker, QueueInspection inspection, ResultBacklog backlog, QueueSettings names) {
        this(broker, inspection, backlog, new SendTrial(tried(names)), System::nanoTime);
    }

    BrokerProbe(
            BrokerConnections broker,
            QueueInspection inspection,
            ResultBacklog backlog,
            SendTrial trial,
            LongSupplier nanoTime) {
        this.broker = broker;
        this.factory = broker.single();
        this.inspection = inspection;
        this.backlog = backlog;
        this.trial = trial;
        this.nanoTime = nanoTime;
        this.resultAt = nanoTime.getAsLong();
    }

    static List<String> tried(QueueSettings names) {
        return List.of(names.enriched(), names.current(), names.checkpoint(), names.pages(), names.error());
    }

    /** What else is to be looked at each time. */
    public interface Look {
        /** Looks; nothing is sent or taken. */
        void at(Session session) throws JMSException;

        /** What is wrong, in words; empty when nothing is. */
        default Optional<String> problem() {
            return Optional.empty();
        }
    }

    /** Looks at one thing more, each time. */
    public void with(Look look) {
        looks.add(new Guarded(look, new Repeated("look of " + look.getClass().getSimpleName(), () -> {})));
    }

    /**
     * Refuses a login that the broker refuses. A broker that cannot be reached is named, and the start does not wait
     * for it.
     *
     * @throws BrokerException when the broker knows no such user or password
     */
    public void checkLogin() {
        broker.checkLogin().ifPresent(why -> {
            tell(NOT_REACHABLE + why);
            asked.countDown();
        });
    }

    /**
     * Starts the checks. Returns when there is a first answer, so that every queue is there before the first consumer
     * comes, or after some seconds without one.
     */
    public void start() {
        var unused = probe.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        try {
            boolean answered = asked.await(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("broker: answered={} at start", answered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that is wrong with it; empty when nothing is. A result that is too old is none. */
    public Optional<String> problem() {
        long seconds = Duration.ofNanos(nanoTime.getAsLong() - resultAt).toSeconds();
        if (seconds > OLDEST_RESULT.toSeconds()) {
            return Optional.of("broker not checked for " + seconds + " s; before: "
                    + (problem.isEmpty() ? "reachable" : problem)
                    + ". Look for \"check of the broker\" in the log, and restart this process if it goes on.");
        }
        String found = Stream.concat(
                        Stream.of(problem),
                        looks.stream().map(each -> each.look().problem()).flatMap(Optional::stream))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
        return Optional.of(found).filter(sentences -> !sentences.isEmpty());
    }

    /** Checks once. */
    void look() {
        checks.run();
    }

    private void probe() {
        boolean isWell = false;
        try {
            if (connection == null) {
                connection = factory.createConnection();
                connection.start();
            }
            isWell = check(connection);
        } catch (JMSException e) {
            tell(reason(BrokerException.of(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asked.countDown();
            if (!isWell) {
                disconnect();
            }
        }
    }

    /**
     * Each part is made, also if one before it fails for an unexpected reason; then there is no result.
     *
     * @return whether the connection can be used again
     */
    private boolean check(Connection open) throws JMSException, InterruptedException {
        boolean isInspected = checks.completes(() -> inspection.inspect(open));
        boolean isWhole = lookAtBacklog(open) && isInspected;
        List<String> blocked = trial.blocked(open);
        if (isWhole) {
            tell(blocked.isEmpty() ? "" : blocked(open, blocked));
        }
        return isWhole && blocked.isEmpty();
    }

    private String reason(BrokerException failure) {
        String says = connection == null ? broker.why(failure) : failure.getMessage();
        if (failure.isSilence()) {
            return "broker not checked: " + says;
        }
        boolean isAway = failure.isUnreachable() || failure.isLoginRefused();
        return (isAway ? NOT_REACHABLE : "broker refuses messages: ") + says;
    }

    /** What it means that a send to some queues does not end, while the broker answers everything else. */
    private String blocked(Connection open, List<String> blocked) throws JMSException {
        if (blocked.size() == trial.queues().size()) {
            return "broker blocks all producers: its disk is full (max-disk-usage, min-disk-free), or all its queues"
                    + " together are (global-max-size). Free disk space, or let consumers read; sending resumes"
                    + " automatically, and nothing is lost.";
        }
        List<String> full = new ArrayList<>();
        List<String> small = new ArrayList<>();
        try (Session session = open.createSession(Session.AUTO_ACKNOWLEDGE)) {
            for (String queue : blocked) {
                (QueueResolver.depth(session, queue) > 0 ? full : small).add(queue);
            }
        }
        String sentence = "";
        if (!full.isEmpty()) {
            sentence = "broker blocks producers of " + String.join(", ", full)
                    + ": the address is full and has address-full-policy BLOCK. Let its consumer read, or raise"
                    + " max-size-bytes and max-size-messages (broker.xml, address-setting); sending resumes"
                    + " automatically, and nothing is lost.";
        }
        if (!small.isEmpty()) {
            sentence += (sentence.isEmpty() ? "" : " ") + "broker blocks producers of " + String.join(", ", small)
                    + ", although it is empty: the limit of the address, with address-full-policy BLOCK, is less than a"
                    + " page. Raise max-size-bytes and max-size-messages (broker.xml, address-setting), or lower"
                    + " page.size; sending resumes automatically.";
        }
        return sentence;
    }

    private boolean lookAtBacklog(Connection open) throws JMSException {
        try (Session session = open.createSession(Session.AUTO_ACKNOWLEDGE)) {
            boolean isCounted = checks.completes(() -> backlog.look(session));
            for (Guarded each : looks) {
                boolean unused = each.guard().completes(() -> look(each.look(), session));
            }
            return isCounted;
        }
    }

    /** A failure of the broker that JMS cannot declare is one all the same. */
    private static void look(Look look, Session session) throws JMSException {
        try {
            look.at(session);
        } catch (UncategorizedJmsException e) {
            if (e.getCause() instanceof JMSException ofBroker) {
                throw ofBroker;
            }
            throw e;
        }
    }

    private void tell(String found) {
        if (isClosed) {
            return;
        }
        if (!found.equals(problem)) {
            if (found.isEmpty()) {
                LOG.info("broker reachable");
            } else {
                LOG.warn("{}", found);
            }
            problem = found;
        }
        resultAt = nanoTime.getAsLong();
    }

    private void disconnect() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (JMSException e) {
                LOG.debug("closing the broken connection", e);
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "broker-probe");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A check that has begun goes on, or fails because the broker or this process ends: neither is reported. Does not
     * wait for it.
     */
    @Override
    public void close() {
        isClosed = true;
        checks.end();
        looks.forEach(each -> each.guard().end());
        var unused = probe.submit(() -> {
            disconnect();
            trial.close();
        });
        probe.shutdown();
    }
}
