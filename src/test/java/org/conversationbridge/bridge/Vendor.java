// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mypurecloud.sdk.v2.ApiClient;
import com.mypurecloud.sdk.v2.extensions.AuthResponse;
import com.mypurecloud.sdk.v2.extensions.notifications.ChannelMetadataNotification;
import com.mypurecloud.sdk.v2.extensions.notifications.NotificationEvent;
import com.mypurecloud.sdk.v2.model.AnalyticsConversationQueryResponse;
import com.mypurecloud.sdk.v2.model.AnalyticsConversationWithoutAttributesMultiGetResponse;
import com.mypurecloud.sdk.v2.model.Channel;
import com.mypurecloud.sdk.v2.model.ChannelTopic;
import com.mypurecloud.sdk.v2.model.ChannelTopicEntityListing;
import com.mypurecloud.sdk.v2.model.ConversationEntityListing;
import com.mypurecloud.sdk.v2.model.ConversationEventTopicConversation;
import com.mypurecloud.sdk.v2.model.ConversationQuery;
import com.mypurecloud.sdk.v2.model.ErrorBody;
import com.mypurecloud.sdk.v2.model.QueueConversationEventTopicConversation;
import com.mypurecloud.sdk.v2.model.QueueEntityListing;
import com.mypurecloud.sdk.v2.model.SystemMessageSystemMessage;
import com.mypurecloud.sdk.v2.model.UserEntityListing;
import com.mypurecloud.sdk.v2.model.WrapupCodeEntityListing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.conversationbridge.Fixtures;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** The vendor's SDK: its models, which refuse a field or value that they do not know, and its client. */
public final class Vendor {
    /** What reached the sandbox and what it answered. */
    record Exchanged(SandboxRequest request, SandboxAnswer answer) {}

    /** What the SDK makes of an enum value that it does not know. */
    private static final String UNKNOWN_ENUM = "OutdatedSdkVersion";

    private static final ObjectMapper MODELS = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private Vendor() {}

    /** The SDK's client, with a token of the sandbox. */
    static ApiClient client(Sandbox sandbox) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url() + "/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox-secret"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return ApiClient.Builder.standard()
                .withBasePath(sandbox.url().toString())
                .withAccessToken(Fixtures.parse(answer).path("access_token").asText())
                .build();
    }

    /** The models read the body of the request, and the answer. */
    static void assertReads(Exchanged exchange) {
        SandboxRequest request = exchange.request();
        String answer = exchange.answer().body();
        if (request.isForToken()) {
            read(answer, type(AuthResponse.class));
            return;
        }
        if (request.path().endsWith("/details/query")) {
            read(request.body(), type(ConversationQuery.class));
        } else if (request.path().endsWith("/subscriptions")
                && !request.method().equals("GET")) {
            read(request.body(), type(ChannelTopic[].class));
        } else {
            assertThat(request.body()).isEmpty();
        }
        read(answer, type(exchange.answer().status() == 200 ? model(request.path()) : ErrorBody.class));
    }

    /** The models read the frame of a notification channel. */
    static void assertReadsFrame(String frame) {
        String topic = Fixtures.parse(frame).path("topicName").asText();
        read(frame, MODELS.getTypeFactory().constructParametricType(NotificationEvent.class, eventModel(topic)));
    }

    /** The SDK's client sent the request that we send. */
    static void assertAlike(SandboxRequest theirs, GenesysRequest ours) {
        assertThat(theirs.method() + " " + theirs.path()).isEqualTo(ours.method() + " " + ours.path());
        assertThat(theirs.query().split("&"))
                .containsExactlyInAnyOrder(ours.query().split("&"));
        assertThat(Fixtures.parse(theirs.body())).isEqualTo(Fixtures.parse(ours.body()));
    }

    private static Class<?> model(String path) {
        return switch (path) {
            case "/api/v2/conversations" -> ConversationEntityListing.class;
            case "/api/v2/analytics/conversations/details/query" -> AnalyticsConversationQueryResponse.class;
            case "/api/v2/analytics/conversations/details" ->
                AnalyticsConversationWithoutAttributesMultiGetResponse.class;
            case "/api/v2/routing/queues" -> QueueEntityListing.class;
            case "/api/v2/routing/wrapupcodes" -> WrapupCodeEntityListing.class;
            case "/api/v2/users" -> UserEntityListing.class;
            case "/api/v2/notifications/channels" -> Channel.class;
            default -> {
                assertThat(path).matches("/api/v2/notifications/channels/[^/]+/subscriptions");
                yield ChannelTopicEntityListing.class;
            }
        };
    }

    private static Class<?> eventModel(String topic) {
        if (topic.startsWith("v2.routing.queues.")) {
            return QueueConversationEventTopicConversation.class;
        }
        return switch (topic) {
            case "channel.metadata" -> ChannelMetadataNotification.class;
            case "v2.system.socket_closing" -> SystemMessageSystemMessage.class;
            default -> {
                assertThat(topic).startsWith("v2.users.");
                yield ConversationEventTopicConversation.class;
            }
        };
    }

    /** A model reads a document. */
    public static void assertReads(String json, Class<?> model) {
        read(json, type(model));
    }

    private static JavaType type(Class<?> model) {
        return MODELS.constructType(model);
    }

    /** Screen monitoring came after this version of the SDK. */
    private static String withoutNewer(String json) {
        if (!json.contains("screenMonitor")) {
            return json;
        }
        JsonNode document = Fixtures.parse(json);
        document.findParents("screenMonitorings")
                .forEach(participant -> ((ObjectNode) participant).remove("screenMonitorings"));
        document.findValues("sessions")
                .forEach(sessions -> sessions.elements()
                        .forEachRemaining(session -> ((ObjectNode) session).remove("screenMonitoredUserId")));
        return document.toString().replace("\"screenmonitoring\"", "\"unknown\"");
    }

    private static void read(String json, JavaType model) {
        try {
            Object read = MODELS.readValue(withoutNewer(json), model);
            assertThat(MODELS.writeValueAsString(read)).doesNotContain(UNKNOWN_ENUM);
        } catch (JsonProcessingException e) {
            throw new AssertionError(model + " does not read " + json, e);
        }
    }
}
