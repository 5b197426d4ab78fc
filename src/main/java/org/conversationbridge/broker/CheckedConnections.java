// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.connection.SessionProxy;

/** Connections whose sessions note the queues that they send to, and have them looked at before each commit. */
final class CheckedConnections implements InvocationHandler {
    /** What is wrapped, and as what; the rest goes through as it is. */
    private static final Map<Class<?>, Class<?>> WRAPPED =
            Map.of(Connection.class, Connection.class, Session.class, CheckedSession.class);

    private final Object target;
    private final KeptQueues queues;
    /** In this transaction. Two objects of one name are equal: the first stays, by which a later one is found out. */
    private final Set<Queue> sentTo = new LinkedHashSet<>();

    private CheckedConnections(Object target, KeptQueues queues) {
        this.target = target;
        this.queues = queues;
    }

    static ConnectionFactory of(ConnectionFactory factory, KeptQueues queues) {
        return (ConnectionFactory) wrap(factory, ConnectionFactory.class, queues);
    }

    private static Object wrap(Object target, Class<?> type, KeptQueues queues) {
        return Proxy.newProxyInstance(
                CheckedConnections.class.getClassLoader(),
                new Class<?>[] {type},
                new CheckedConnections(target, queues));
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
        if (target instanceof Session session) {
            transact(session, method, given);
        }
        Object result = call(method, given);
        Class<?> type = WRAPPED.get(method.getReturnType());
        return result == null || type == null ? result : wrap(result, type, queues);
    }

    /** Two are equal only if they are the same one. */
    private Object ofObject(Object proxy, Method method, Object[] given) {
        return switch (method.getName()) {
            case "equals" -> proxy == given[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> target.toString();
        };
    }

    private void transact(Session session, Method method, Object[] given) throws JMSException {
        switch (method.getName()) {
            case "createProducer" -> {
                if (given[0] instanceof Queue queue && session.getTransacted()) {
                    sentTo.add(queue);
                }
            }
            case "commit" -> check(session);
            case "rollback" -> sentTo.clear();
            default -> {
                // Says nothing about what is sent.
            }
        }
    }

    private void check(Session session) throws JMSException {
        try {
            queues.check(session, sentTo);
        } catch (DeletedQueueException e) {
            session.rollback();
            throw e;
        } finally {
            sentTo.clear();
        }
    }

    private @Nullable Object call(Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
