// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.FreePorts;
import org.conversationbridge.broker.ShippedBroker;

/** An ActiveMQ Artemis from its published distribution: an instance in a folder, run in a process of its own. */
public final class ArtemisServer implements AutoCloseable {
    public static final String USER = "bridge";
    public static final String PASSWORD = "broker-password";

    private final Path instance;
    private final int port;
    private Program program;

    private ArtemisServer(Path instance, int port) {
        this.instance = instance;
        this.port = port;
    }

    /** A new instance that listens on a free port of loopback; not started yet. */
    public static ArtemisServer create(Path instance) throws Exception {
        int port = FreePorts.next();
        String create =
                Path.of(System.getProperty("artemis.home"), "bin", "artemis").toString();
        try (Program created = Program.start(
                instance.getParent(),
                Map.of(),
                create,
                "create",
                instance.toString(),
                "--user",
                USER,
                "--password",
                PASSWORD,
                "--require-login",
                "--host",
                "127.0.0.1",
                "--default-port",
                Integer.toString(port),
                "--no-amqp-acceptor",
                "--no-hornetq-acceptor",
                "--no-mqtt-acceptor",
                "--no-stomp-acceptor",
                "--nio",
                "--no-autotune",
                "--no-web",
                "--silent")) {
            if (created.exitCode() != 0) {
                throw new AssertionError(created.output());
            }
        }
        return new ArtemisServer(instance, port);
    }

    /** Copies what is shipped for the bridge into its broker.xml. */
    public ArtemisServer withBridgeConfiguration() throws IOException {
        Path file = instance.resolve("etc/broker.xml");
        Files.writeString(file, ShippedBroker.copiedInto(Files.readString(file)));
        return this;
    }

    /** Starts it, and waits until it can be used; its output is kept in a file. */
    public void start(Path log) throws IOException {
        program = Program.startLogged(
                instance, Map.of(), log, instance.resolve("bin/artemis").toString(), "run");
        program.line("Server is now active");
    }

    /** Its process. */
    public Program program() {
        return program;
    }

    /** Where it listens, on loopback. */
    public int port() {
        return port;
    }

    /** For BROKER_URL. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Of a bridge between a sandbox that runs as a program of its own, and this server. */
    Map<String, String> environment(Program sandbox) {
        String url = sandbox.line("^sandbox").replaceAll(".*(http://[0-9.:]+),.*", "$1");
        return new HashMap<>(Map.of(
                "GENESYS_API_URL",
                url,
                "GENESYS_LOGIN_URL",
                url,
                "GENESYS_CLIENT_ID",
                "sandbox",
                "GENESYS_CLIENT_SECRET",
                "sandbox-secret",
                "BROKER_URL",
                url(),
                "BROKER_USER",
                USER,
                "BROKER_PASSWORD",
                PASSWORD,
                "MANAGEMENT_PORT",
                "0"));
    }

    /** Connections of a plain JMS client. */
    public ActiveMQConnectionFactory factory() {
        return new ActiveMQConnectionFactory(url(), USER, PASSWORD);
    }

    @Override
    public void close() throws Exception {
        if (program != null) {
            program.close();
        }
    }
}
