// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.Repeated;
import org.conversationbridge.genesys.failure.AnswerTooSlowException;
import org.conversationbridge.genesys.failure.BodyTooLargeException;
import org.conversationbridge.settings.AnswerLimits;
import org.jspecify.annotations.Nullable;

/**
 * Ends an answer that has no end: one whose body, after decompression, is too large, or that takes too long, however
 * steadily its bytes drip. The connection is closed, not read to its end. The time-outs of a socket do not help there:
 * they begin again with every byte.
 */
public final class AnswerLimit implements HttpClientConfigurer, ExecChainHandler {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final AnswerLimits limits;
    private final ScheduledExecutorService timer;

    /** @param timer on which answers that take too long are ended */
    public AnswerLimit(AnswerLimits limits, ScheduledExecutorService timer) {
        this.limits = limits;
        this.timer = timer;
    }

    /** Outermost, so that it sees what decompression makes of a body. */
    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("answer-limit", this);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Watch watch = new Watch(scope.execRuntime);
        try {
            ClassicHttpResponse answer = chain.proceed(request, scope);
            @Nullable HttpEntity body = answer.getEntity();
            if (body == null) {
                watch.end();
            } else {
                watch.count(body.getContentLength());
                answer.setEntity(new LimitedBody(body, watch));
            }
            return answer;
        } catch (IOException | HttpException | BridgeException e) {
            watch.end();
            watch.check(e);
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // A status or a chain of codings that the client was not made for.
            watch.end();
            scope.execRuntime.discardEndpoint();
            throw new ClientProtocolException("the answer is not valid HTTP", e);
        }
    }

    /** Over one answer: closes its connection when its time is up, or its body too large. */
    private final class Watch {
        private final ExecRuntime connection;
        private final Future<?> timeIsUp;
        private volatile boolean slow;
        private boolean large;

        /** Again and again: a connection that is only being made cannot be closed yet. */
        Watch(ExecRuntime connection) {
            this.connection = connection;
            this.timeIsUp = timer.scheduleWithFixedDelay(
                    new Repeated("end of an answer that takes too long", this::timeIsUp),
                    limits.time().toMillis(),
                    AGAIN.toMillis(),
                    TimeUnit.MILLISECONDS);
        }

        /** @param bytes of the body so far, or as reported; negative if nothing is reported */
        void count(long bytes) throws BodyTooLargeException {
            if (bytes > limits.bytes()) {
                large = true;
                connection.discardEndpoint();
                throw new BodyTooLargeException(limits.bytes());
            }
        }

        /** Says so, where a failure comes from the time being up. */
        void check(Exception failure) throws AnswerTooSlowException {
            if (slow) {
                AnswerTooSlowException named = new AnswerTooSlowException(limits.time());
                named.initCause(failure);
                throw named;
            }
        }

        /** A connection that was cut is not to be read to its end. */
        boolean hasCut() {
            return slow || large;
        }

        void end() {
            timeIsUp.cancel(false);
        }

        private void timeIsUp() {
            slow = true;
            connection.discardEndpoint();
        }
    }

    private final class LimitedBody extends HttpEntityWrapper {
        private final Watch watch;

        LimitedBody(HttpEntity body, Watch watch) {
            super(body);
            this.watch = watch;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new LimitedStream(super.getContent(), watch);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream content = getContent()) {
                content.transferTo(out);
            }
        }

        @Override
        public void close() throws IOException {
            if (!watch.hasCut()) {
                super.close();
            }
            watch.end();
        }
    }

    private final class LimitedStream extends InputStream {
        private final InputStream body;
        private final Watch watch;
        private long bytes;

        LimitedStream(@Nullable InputStream body, Watch watch) {
            this.body = Objects.requireNonNull(body);
            this.watch = watch;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read;
            try {
                read = body.read(buffer, offset, length);
            } catch (IOException e) {
                watch.check(e);
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                throw new ClientProtocolException("the body cannot be decoded", e);
            }
            if (read < 0) {
                watch.end();
                return read;
            }
            bytes += read;
            watch.count(bytes);
            return read;
        }

        @Override
        public void close() throws IOException {
            if (!watch.hasCut()) {
                body.close();
            }
            watch.end();
        }
    }
}
