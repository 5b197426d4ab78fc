// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.conversationbridge.TestBridge;
import org.conversationbridge.bridge.Bridge;

/** Everything that can be seen of a running bridge; each look searches what can be seen now. */
final class SearchedBridge {
    private static final List<String> PAGES = List.of("health", "health/live", "health/ready", "info", "metrics");

    private final HttpClient http = HttpClient.newHttpClient();
    private final PlatformMBeans beans = new PlatformMBeans();
    private final Surfaces surfaces;
    private final QueuesSeen queues;
    private final TestBridge test;
    private final Path dataDir;

    SearchedBridge(Surfaces surfaces, TestBridge test, Path dataDir) {
        this.surfaces = surfaces;
        this.queues = new QueuesSeen(surfaces);
        this.test = test;
        this.dataDir = dataDir;
    }

    void look() throws Exception {
        lookAtQueues();
        lookWithoutBroker(test.bridge());
        surfaces.of("system properties").add(System.getProperties().toString());
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> surfaces.of("thread names").add(thread.getName()));
        DataFolder.searchInto(surfaces.of("data.dir, but for messages and credentials"), dataDir);
    }

    void lookAtQueues() throws JMSException {
        queues.look(test.connection(), test.settings().queues().all());
    }

    /** Management pages of a bridge, and JMX of this process. */
    void lookWithoutBroker(Bridge bridge) throws Exception {
        for (String page : PAGES) {
            surfaces.of("management, /observe/" + page).add(page(bridge, page));
        }
        beans.searchInto(surfaces);
    }

    /** A management page, with its status and headers. */
    String page(Bridge bridge, String page) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + bridge.managementPort() + "/observe/" + page);
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
    }
}
