// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sandbox}: only the simulator. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Simulates Genesys Cloud on a port of this machine, until Ctrl-C.",
        description = {
            "",
            "The OAuth client is sandbox / sandbox-secret, or GENESYS_CLIENT_ID / GENESYS_CLIENT_SECRET where set.",
            ""
        })
final class SandboxCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8089",
            description = "Port to listen on; 0 = any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--tutorial", description = "Answer in the shapes of GENESYS_DIALECT=tutorial.")
    private boolean tutorial;

    @Mixin
    private SandboxOptions options = new SandboxOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        SandboxOptions.require("--port", port, 0, HIGHEST_PORT);
        if (new InetSocketAddress(host, port).isUnresolved()) {
            throw new SettingsException("--host: there is no host '" + host + "'. Write a name or an address of this"
                    + " machine, such as 127.0.0.1 or 0.0.0.0.");
        }
        Map<String, String> environment = System.getenv();
        SandboxSettings defaults = SandboxSettings.defaults();
        String id = environment.getOrDefault("GENESYS_CLIENT_ID", defaults.clientId());
        String secret = environment.getOrDefault("GENESYS_CLIENT_SECRET", defaults.clientSecret());
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = new StopSignal();
                Sandbox sandbox = start(options.settings(id, secret, tutorial))) {
            out.println("sandbox     " + sandbox.url() + ", " + options);
            out.println("To connect  export GENESYS_API_URL=" + sandbox.url() + " GENESYS_LOGIN_URL=" + sandbox.url()
                    + " GENESYS_CLIENT_ID=" + id
                    + (secret.equals(defaults.clientSecret()) ? " GENESYS_CLIENT_SECRET=" + secret : ""));
            if (!tutorial) {
                out.println("Subscribe   export POLL_SOURCE=notifications NOTIFICATIONS_QUEUES="
                        + SandboxOptions.queues(sandbox));
            }
            out.println("running     Ctrl-C stops");
            out.flush();
            stop.running();
            stop.await(Optional.empty());
            out.println("over limit  " + sandbox.violations() + " requests");
            out.flush();
        }
        return 0;
    }

    private Sandbox start(SandboxSettings settings) {
        try {
            return options.start(new InetSocketAddress(host, port), settings);
        } catch (IOException e) {
            throw new BrokerException(
                    "The sandbox cannot listen on " + host + ":" + port + " (" + e.getMessage()
                            + "). Give another one with --port.",
                    e);
        }
    }
}
