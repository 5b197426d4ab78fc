// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.contract;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.core.message.impl.BaseGenericBinaryMessageReaderImpl;
import io.cloudevents.core.message.impl.GenericStructuredMessageReader;
import io.cloudevents.core.message.impl.MessageUtils;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Reads a JMS message as the CloudEvents SDK reads a message of any protocol, whichever form it has. */
final class JmsCloudEvent extends BaseGenericBinaryMessageReaderImpl<String, String> {
    private static final String PREFIX = "cloudEvents_";

    private final Map<String, String> properties;

    private JmsCloudEvent(SpecVersion version, Map<String, String> properties, byte[] body) {
        super(version, BytesCloudEventData.wrap(body));
        this.properties = properties;
    }

    static CloudEvent of(TextMessage message) throws JMSException {
        byte[] body = message.getText().getBytes(StandardCharsets.UTF_8);
        Map<String, String> properties = new TreeMap<>();
        for (Object name : Collections.list(message.getPropertyNames())) {
            properties.put((String) name, message.getStringProperty((String) name));
        }
        return MessageUtils.parseStructuredOrBinaryMessage(
                        () -> properties.get("contentType"),
                        format -> new GenericStructuredMessageReader(format, body),
                        () -> properties.get(PREFIX + "specversion"),
                        version -> new JmsCloudEvent(version, properties, body))
                .toEvent();
    }

    @Override
    protected boolean isContentTypeHeader(String name) {
        return name.equals(PREFIX + "datacontenttype");
    }

    @Override
    protected boolean isCloudEventsHeader(String name) {
        return name.startsWith(PREFIX);
    }

    @Override
    protected String toCloudEventsKey(String name) {
        return name.substring(PREFIX.length());
    }

    @Override
    protected void forEachHeader(BiConsumer<String, String> reader) {
        properties.forEach(reader);
    }

    @Override
    protected String toCloudEventsValue(String value) {
        return value;
    }
}
