// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mypurecloud.sdk.v2.ApiClient;
import com.mypurecloud.sdk.v2.api.RoutingApi;
import com.mypurecloud.sdk.v2.api.UsersApi;
import com.mypurecloud.sdk.v2.api.request.GetRoutingQueuesRequest;
import com.mypurecloud.sdk.v2.api.request.GetRoutingWrapupcodesRequest;
import com.mypurecloud.sdk.v2.api.request.GetUsersRequest;
import com.mypurecloud.sdk.v2.model.Queue;
import com.mypurecloud.sdk.v2.model.QueueEntityListing;
import com.mypurecloud.sdk.v2.model.User;
import com.mypurecloud.sdk.v2.model.UserEntityListing;
import com.mypurecloud.sdk.v2.model.WrapupCode;
import com.mypurecloud.sdk.v2.model.WrapupCodeEntityListing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestBridge;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.NameLookup;
import org.conversationbridge.names.NameBatch;
import org.conversationbridge.names.NameKind;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.SandboxAgent;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.SandboxWrapUpCode;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vendor's own client asks the sandbox for names: it sends the request that we send, and reads what we read. */
class VendorNamesTest {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    /** More than a page has by itself. */
    private static final int MANY = 40;

    private record Exchanged(SandboxRequest request, SandboxAnswer answer) {}

    private final BlockingQueue<Exchanged> exchanged = new LinkedBlockingQueue<>();
    private Sandbox sandbox;
    private ApiClient vendor;

    @BeforeEach
    void start() throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        sandbox = TestBridge.sandbox(
                new SandboxSettings(
                        WorldSettings.SMALL.of(1, MANY),
                        defaults.clientId(),
                        defaults.clientSecret(),
                        defaults.tokenLife(),
                        0,
                        false,
                        false),
                Clock.systemUTC());
        vendor = ApiClient.Builder.standard()
                .withBasePath(sandbox.url().toString())
                .withAccessToken(token())
                .build();
        sandbox.observe((request, answer) -> exchanged.add(new Exchanged(request, answer)));
    }

    @AfterEach
    void stop() throws Exception {
        vendor.close();
        sandbox.close();
    }

    @Test
    void queues_are_asked_for_and_read_alike() throws Exception {
        NameLookup ours =
                lookup(NameKind.QUEUE, sandbox.world().queues().stream().map(SandboxQueue::id));

        QueueEntityListing read = new RoutingApi(vendor)
                .getRoutingQueues(GetRoutingQueuesRequest.builder()
                        .withPageSize(ours.batch().ids().size())
                        .withPageNumber(1)
                        .withId(ours.batch().ids())
                        .build());

        assertAlike(
                ours,
                read.getEntities().stream().collect(Collectors.toMap(Queue::getId, Queue::getName)),
                QueueEntityListing.class);
    }

    @Test
    void users_are_asked_for_and_read_alike() throws Exception {
        NameLookup ours =
                lookup(NameKind.USER, sandbox.world().agents().stream().map(SandboxAgent::userId));

        UserEntityListing read = new UsersApi(vendor)
                .getUsers(GetUsersRequest.builder()
                        .withPageSize(ours.batch().ids().size())
                        .withPageNumber(1)
                        .withId(ours.batch().ids())
                        .withState(GetUsersRequest.stateValues.ANY)
                        .build());

        assertThat(read.getEntities()).hasSize(MANY);
        assertAlike(
                ours,
                read.getEntities().stream().collect(Collectors.toMap(User::getId, User::getName)),
                UserEntityListing.class);
    }

    @Test
    void wrap_up_codes_are_asked_for_and_read_alike() throws Exception {
        NameLookup ours = lookup(
                NameKind.WRAP_UP_CODE, sandbox.world().wrapUpCodes().stream().map(SandboxWrapUpCode::id));

        WrapupCodeEntityListing read = new RoutingApi(vendor)
                .getRoutingWrapupcodes(GetRoutingWrapupcodesRequest.builder()
                        .withPageSize(ours.batch().ids().size())
                        .withPageNumber(1)
                        .withId(ours.batch().ids())
                        .build());

        assertAlike(
                ours,
                read.getEntities().stream().collect(Collectors.toMap(WrapupCode::getId, WrapupCode::getName)),
                WrapupCodeEntityListing.class);
    }

    /** With ids that nobody knows. */
    private static NameLookup lookup(NameKind kind, Stream<String> ids) {
        return new NameLookup(new NameBatch(
                kind,
                Stream.concat(ids, IntStream.range(0, 3).mapToObj(Fixtures::id)).toList()));
    }

    private void assertAlike(NameLookup ours, Map<String, String> read, Class<?> model) throws Exception {
        Exchanged theirs = exchanged.remove();
        GenesysRequest request = ours.request();
        assertThat(theirs.request().method() + " " + theirs.request().path())
                .isEqualTo(request.method() + " " + request.path());
        assertThat(theirs.request().query().split("&"))
                .containsExactlyInAnyOrder(request.query().split("&"));
        assertThat(ours.read(Fixtures.parse(theirs.answer().body())))
                .isNotEmpty()
                .isEqualTo(read);
        assertThat(STRICT.readValue(theirs.answer().body(), model)).isInstanceOf(model);
    }

    private String token() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url() + "/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox-secret"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return Fixtures.parse(answer).path("access_token").asText();
    }
}
