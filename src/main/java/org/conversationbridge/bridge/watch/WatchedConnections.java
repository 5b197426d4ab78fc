// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Map;
import org.conversationbridge.broker.NoAnswerException;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.UncategorizedJmsException;
import org.springframework.jms.connection.SessionProxy;

/**
 * Connections on which a {@link ReceiveWatch} sees every wait for a message: of each consumer, and of each step of a
 * browser. The client of Artemis limits none of them: also a receive whose time is over, and a look at
 * what is there now, wait for an answer of the broker (source: ClientConsumerImpl, receive and receiveImmediate).
 */
public final class WatchedConnections implements InvocationHandler {
    /** What is wrapped, and as what; the rest goes through as it is. */
    private static final Map<Class<?>, Class<?>> WRAPPED = Map.of(
            Connection.class, Connection.class,
            Session.class, SessionProxy.class,
            MessageConsumer.class, MessageConsumer.class,
            QueueBrowser.class, QueueBrowser.class,
            Enumeration.class, Enumeration.class);

    private static final Duration NOW = Duration.ofMillis(1);

    private final Object target;
    private final ReceiveWatch watch;
    private final String queue;

    private WatchedConnections(Object target, ReceiveWatch watch, String queue) {
        this.target = target;
        this.watch = watch;
        this.queue = queue;
    }

    /** Those of a factory. */
    public static ConnectionFactory of(ConnectionFactory factory, ReceiveWatch watch) {
        return (ConnectionFactory) wrap(factory, ConnectionFactory.class, watch, "");
    }

    private static Object wrap(Object target, Class<?> type, ReceiveWatch watch, String queue) {
        return Proxy.newProxyInstance(
                WatchedConnections.class.getClassLoader(),
                new Class<?>[] {type},
                new WatchedConnections(target, watch, queue));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object[] given = arguments == null ? new Object[0] : arguments;
        if (method.getDeclaringClass() == SessionProxy.class) {
            return target;
        }
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, given);
        }
        Object result = isWait(method) ? watched(method, given) : call(method, given);
        Class<?> type = WRAPPED.get(method.getReturnType());
        return result == null || type == null ? result : wrap(result, type, watch, queue(given));
    }

    /** Two are equal only if they are the same one. */
    private Object ofObject(Object proxy, Method method, Object[] given) {
        return switch (method.getName()) {
            case "equals" -> proxy == given[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> target.toString();
        };
    }

    private boolean isWait(Method method) {
        return target instanceof Enumeration
                || (target instanceof MessageConsumer && method.getName().startsWith("receive"));
    }

    private @Nullable Object watched(Method method, Object[] given) throws Throwable {
        boolean isBrokenOff = false;
        watch.begun(queue, wait(method, given));
        try {
            return call(method, given);
        } catch (RuntimeException | JMSException e) {
            isBrokenOff = watch.ended();
            if (!isBrokenOff) {
                throw e;
            }
        } finally {
            if (!isBrokenOff) {
                boolean unused = watch.ended();
            }
        }
        NoAnswerException none = new NoAnswerException(queue);
        throw target instanceof Enumeration ? new UncategorizedJmsException(none) : none;
    }

    private static Duration wait(Method method, Object[] given) {
        if (given.length == 1 && given[0] instanceof Long millis) {
            return Duration.ofMillis(millis);
        }
        return method.getName().equals("receive") ? Duration.ZERO : NOW;
    }

    private @Nullable Object call(Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private String queue(Object[] given) throws JMSException {
        return given.length > 0 && given[0] instanceof Queue named ? named.getQueueName() : queue;
    }
}
