// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerLineTest {
    private ServerSocket broker;
    private BrokerLine line;

    @BeforeEach
    void open() throws IOException {
        broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        line = BrokerLine.to(broker.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        line.close();
        broker.close();
    }

    @Test
    void what_is_said_on_one_side_is_heard_on_the_other_both_ways() throws IOException {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            client.getOutputStream().write(1);
            server.getOutputStream().write(2);

            assertThat(server.getInputStream().read()).isEqualTo(1);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void a_closed_side_is_closed_on_the_other_side_after_its_last_bytes() throws IOException {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            client.getOutputStream().write(1);
            client.close();

            assertThat(server.getInputStream().readAllBytes()).containsExactly(1);
        }
    }

    @Test
    void a_cut_breaks_connections_and_refuses_new_ones_until_repaired() throws IOException {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            client.getOutputStream().write(1);
            server.getInputStream().read();

            line.cut();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
            assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        }
        line.mend();
        what_is_said_on_one_side_is_heard_on_the_other_both_ways();
    }

    @Test
    void deaf_it_loses_answers_only() throws IOException {
        try (Socket client = connect();
                Socket server = broker.accept()) {
            line.deafen();
            server.getOutputStream().write(2);
            client.getOutputStream().write(1);

            assertThat(server.getInputStream().read()).isEqualTo(1);
            client.setSoTimeout(200);
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("timed out");
        }
    }

    private Socket connect() throws IOException {
        URI url = URI.create(line.url());
        return new Socket(url.getHost(), url.getPort());
    }
}
