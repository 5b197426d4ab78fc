// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.conversationbridge.settings.AnswerLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is no answer of HTTP is a connection that failed, which has a name and is tried again; never an error of ours.
 */
class AnswerLimitTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 000 OK\r\n",
                "HTTP/1.1 0 OK\r\n",
                "HTTP/1.1 42 OK\r\n",
                "HTTP/1.1 -1 OK\r\n",
                "HTTP/1.1 abc OK\r\n",
                "HTTP/1.1 99999999999 OK\r\n",
                "HTTP/9.9 200 OK\r\n",
                "ICY 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: bogus\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: deflate, br, zstd\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: ;;;=\u0001\r\nContent-Length: -7\r\n"
            })
    void an_answer_that_breaks_http_fails_as_a_connection_does(String head) {
        assertThatThrownBy(() -> get(head.getBytes(StandardCharsets.ISO_8859_1), "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void so_does_a_body_that_is_packed_thousands_of_times_and_said_to_be() throws Exception {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000 && body.length < 1_000_000; i++) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new Stored(packed)) {
                gzip.write(body);
            }
            body = packed.toByteArray();
        }
        byte[] packed = body;
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: " + "gzip, ".repeat(4_999) + "gzip\r\n";

        assertThatThrownBy(() -> get(head.getBytes(StandardCharsets.ISO_8859_1), packed))
                .isInstanceOf(IOException.class);
    }

    /** Nothing is gained by compressing again what is compressed, and it takes long. */
    private static final class Stored extends GZIPOutputStream {
        Stored(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }

    /** Reads the whole answer of a server that sends these bytes, and nothing else, to whoever connects. */
    private String get(byte[] head, byte[] body) throws Exception {
        AnswerLimit limit = new AnswerLimit(new AnswerLimits(10_000_000, Duration.ofSeconds(20)), timer);
        HttpClientBuilder builder = HttpClientBuilder.create().disableAutomaticRetries();
        limit.configureHttpClient(builder);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                CloseableHttpClient client = builder.build()) {
            Thread answering = new Thread(() -> answer(server, head, body), "raw-answer");
            answering.setDaemon(true);
            answering.start();
            return client.execute(
                    new HttpGet("http://127.0.0.1:" + server.getLocalPort() + "/"),
                    answer -> EntityUtils.toString(answer.getEntity()) + check(answer.getCode()));
        }
    }

    /** As the answer check does. */
    private static String check(int status) throws IOException {
        if (status < 200 || status > 299) {
            throw new IOException("status " + status);
        }
        return "";
    }

    private static void answer(ServerSocket server, byte[] head, byte[] body) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            byte[] request = new byte[10_000];
            int unused = socket.getInputStream().read(request);
            out.write(head);
            out.write("Connection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
        } catch (IOException e) {
            // The client has gone: what it makes of it is what is tested.
        }
    }
}
