// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/**
 * What JMX reports: the name and every attribute of every MBean of this process. An attribute whose type holds no text, a
 * count, a time or a flag, is read once for each class of MBeans: there are tens of thousands of them.
 */
final class PlatformMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final Set<String> NO_TEXT = Stream.of(
                    boolean.class,
                    int.class,
                    long.class,
                    double.class,
                    Boolean.class,
                    Integer.class,
                    Long.class,
                    Double.class,
                    Date.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final Set<String> read = new HashSet<>();

    void searchInto(Surfaces surfaces) throws JMException {
        for (ObjectName name : SERVER.queryNames(null, null)) {
            String domain = name.getDomain();
            Surface surface = surfaces.of("JMX "
                    + (domain.startsWith("org.apache.camel")
                            ? "Camel"
                            : domain.startsWith("org.apache.activemq") ? "Artemis" : "other"));
            MBeanInfo bean = info(name);
            for (MBeanAttributeInfo attribute : bean.getAttributes()) {
                if (attribute.isReadable() && isToBeRead(bean, attribute)) {
                    surface.add(name + " " + attribute.getName() + "=" + read(name, attribute.getName()));
                }
            }
        }
    }

    /** None of one that is gone since its name was listed: the queue of an answer comes and goes. */
    private static MBeanInfo info(ObjectName name) throws JMException {
        try {
            return SERVER.getMBeanInfo(name);
        } catch (InstanceNotFoundException e) {
            return new MBeanInfo("gone", null, null, null, null, null);
        }
    }

    private boolean isToBeRead(MBeanInfo bean, MBeanAttributeInfo attribute) {
        return !NO_TEXT.contains(attribute.getType()) || read.add(bean.getClassName() + " " + attribute.getName());
    }

    /** An attribute that cannot be read says why, which is seen as well. */
    private static String read(ObjectName name, String attribute) {
        try {
            return text(SERVER.getAttribute(name, attribute));
        } catch (JMException | RuntimeMBeanException e) {
            return e + " " + e.getCause();
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof CompositeData composite) {
            return composite.values().stream().map(PlatformMBeans::text).collect(Collectors.joining(", "));
        }
        if (value instanceof TabularData table) {
            return text(table.values());
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet() + " " + text(map.values());
        }
        if (value instanceof Iterable<?> list) {
            StringBuilder all = new StringBuilder();
            list.forEach(element -> all.append(text(element)).append(", "));
            return all.toString();
        }
        if (value != null && value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> text(Array.get(value, i)))
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }
}
