// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.conversationbridge.sandbox.SandboxSettings;

/** A {@link SandboxServer} in a process of its own. */
final class LoadGenerator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Launched process;
    private final URI url;
    private final int live;
    private int answers = 1;

    private LoadGenerator(Launched process, URI url, int live) {
        this.process = process;
        this.url = url;
        this.live = live;
    }

    /** Starts it; it has answered every page once before it counts, so that no peer pays for its warm-up. */
    static LoadGenerator start(Path folder, Scenario scenario, int conversations) throws Exception {
        Launched process = Launched.start(
                folder,
                "sandbox",
                Map.of(),
                JavaCommand.of(
                        SandboxServer.class,
                        List.of("-Xmx6g", "-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true"),
                        List.of(
                                Integer.toString(conversations),
                                Integer.toString(scenario.agents(conversations)),
                                Integer.toString(scenario.number("latency-ms")),
                                Integer.toString(scenario.number("rate-limit")))));
        try {
            String first = process.line("url ", 1, PATIENCE);
            URI url = URI.create(first.substring("url ".length()));
            LoadGenerator generator = new LoadGenerator(process, url, new WarmUp(url).walk());
            generator.ask("open");
            return generator;
        } catch (Exception e) {
            process.close();
            throw e;
        }
    }

    /** The conversations that are live at its start; a few fewer than wanted, if they seem to begin a moment later. */
    int live() {
        return live;
    }

    Launched process() {
        return process;
    }

    /** For a peer that is to ask it. */
    Map<String, String> environment() {
        SandboxSettings settings = SandboxSettings.defaults();
        return Map.of(
                "GENESYS_API_URL",
                url.toString(),
                "GENESYS_LOGIN_URL",
                url.toString(),
                "GENESYS_CLIENT_ID",
                settings.clientId(),
                "GENESYS_CLIENT_SECRET",
                settings.clientSecret());
    }

    /** Moves its clock until so many conversations have changed. */
    void change(int conversations) throws IOException {
        ask("change " + conversations);
    }

    /**
     * Requests it had since it was opened.
     *
     * @param refused with 429
     * @param early that arrived although they had to wait
     */
    record Count(int requests, int refused, int early) {}

    Count count() throws IOException {
        String[] words = ask("count").split(" ", -1);
        return new Count(Integer.parseInt(words[1]), Integer.parseInt(words[3]), Integer.parseInt(words[5]));
    }

    private String ask(String command) throws IOException {
        process.input().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.input().flush();
        answers++;
        return process.line("", answers, PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }
}
