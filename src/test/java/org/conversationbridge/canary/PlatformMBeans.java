// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.canary;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/** What JMX reports: the name and every attribute of every MBean of this process. */
final class PlatformMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private PlatformMBeans() {}

    static void searchInto(Surfaces surfaces) throws JMException {
        for (ObjectName name : SERVER.queryNames(null, null)) {
            String domain = name.getDomain();
            Surface surface = surfaces.of("JMX "
                    + (domain.startsWith("org.apache.camel")
                            ? "Camel"
                            : domain.startsWith("org.apache.activemq") ? "Artemis" : "other"));
            for (MBeanAttributeInfo attribute : attributes(name)) {
                if (attribute.isReadable()) {
                    surface.add(name + " " + attribute.getName() + "=" + read(name, attribute.getName()));
                }
            }
        }
    }

    /** None of one that is gone since its name was listed: the queue of an answer comes and goes. */
    private static MBeanAttributeInfo[] attributes(ObjectName name) throws JMException {
        try {
            return SERVER.getMBeanInfo(name).getAttributes();
        } catch (InstanceNotFoundException e) {
            return new MBeanAttributeInfo[0];
        }
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
