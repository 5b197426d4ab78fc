// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The network between the connectors and the broker, which can be cut. */
public final class BrokerLine implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 100;

    private final int brokerPort;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "broker-line");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean deaf;
    private ServerSocket listener;
    private Future<?> accepting;

    private BrokerLine(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        this.accepting = acceptOn(listener);
    }

    /** A line to a port of loopback. */
    public static BrokerLine to(int brokerPort) throws IOException {
        return new BrokerLine(brokerPort);
    }

    /** For BROKER_URL. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** What the broker answers is lost from now on, what is sent to it is not. Only a cut ends it. */
    void deafen() {
        deaf = true;
    }

    /** Every connection is broken, new ones are refused. */
    public void cut() throws IOException {
        listener.close();
        awaitRefusing();
        sockets.forEach(BrokerLine::breakOnClose);
        sockets.forEach(BrokerLine::close);
        sockets.clear();
        deaf = false;
    }

    /** After a cut: connections are possible again. */
    void mend() throws IOException {
        listener = listen(port);
        accepting = acceptOn(listener);
    }

    @Override
    public void close() throws IOException {
        cut();
        threads.shutdownNow();
    }

    /** The kernel takes connections as long as a thread still accepts, though the socket is closed. */
    private void awaitRefusing() throws IOException {
        try {
            accepting.get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The line still accepts.", e);
        }
    }

    private static ServerSocket listen(int wanted) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        return server;
    }

    private Future<?> acceptOn(ServerSocket server) {
        return threads.submit(() -> accept(server));
    }

    private void accept(ServerSocket server) {
        try (server) {
            while (!server.isClosed()) {
                connect(server.accept(), server);
            }
        } catch (SocketException e) {
            // cut
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A broker that is not there looks like a connection that breaks at once. */
    private void connect(Socket client, ServerSocket server) {
        try {
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(broker);
            if (server.isClosed() || sockets.size() > 2 * MOST_CONNECTIONS) {
                end(client, broker);
                return;
            }
            threads.execute(() -> pump(client, broker, false));
            threads.execute(() -> pump(broker, client, true));
        } catch (IOException e) {
            breakOnClose(client);
            close(client);
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] bytes = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!answers || !deaf) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // one of them is gone
        } finally {
            end(from, to);
        }
    }

    /** What was sent before still arrives. */
    private void end(Socket... both) {
        for (Socket socket : both) {
            sockets.remove(socket);
            close(socket);
        }
    }

    /** All at once, before any is closed: the thread of one would end the other in peace. */
    private static void breakOnClose(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // it is closed already
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is broken already
        }
    }
}
