// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.client.impl.ClientLargeMessageImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQTextMessage;
import org.junit.jupiter.api.Test;

/**
 * A client that sends a large text in one piece can set the size itself: the broker keeps the text in a file then, and
 * leaves the property as it is.
 */
class ReceivedTextTest {
    private static final String SIZE = "_AMQ_LARGE_SIZE";

    @Test
    void a_size_that_is_not_a_number_is_a_problem_and_no_failure() throws Exception {
        for (Object size : List.of("abc", "", "12", true, SimpleString.of("x"), new byte[] {1}, 'x')) {
            assertThat(ReceivedText.problem(large(size)))
                    .as("%s", size)
                    .contains("The size of its body is unknown: its property _AMQ_LARGE_SIZE is not a number.");
            assertThat(ReceivedText.of(large(size))).isEmpty();
        }
    }

    @Test
    void a_size_of_any_number_is_compared_with_what_is_read_at_most() throws Exception {
        for (Number size : List.of(Long.MIN_VALUE, -1, 0, (byte) 1, (short) 2, Double.NaN, 1.5f, 33_554_432L)) {
            assertThat(ReceivedText.problem(large(size))).as("%s", size).isEmpty();
        }
        for (Number size : List.of(33_554_433L, Long.MAX_VALUE, Double.POSITIVE_INFINITY, Float.MAX_VALUE)) {
            assertThat(ReceivedText.problem(large(size)))
                    .as("%s", size)
                    .get()
                    .asString()
                    .contains("at most 33554432");
        }
    }

    private static ActiveMQMessage large(Object size) throws Exception {
        ClientLargeMessageImpl body = new ClientLargeMessageImpl();
        body.setType(ActiveMQTextMessage.TYPE);
        body.setLargeMessageSize(10);
        body.putObjectProperty(SimpleString.of(SIZE), size);
        return ActiveMQMessage.createMessage(body, null);
    }
}
