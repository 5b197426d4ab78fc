// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mypurecloud.sdk.v2.ApiClient;
import com.mypurecloud.sdk.v2.api.RoutingApi;
import com.mypurecloud.sdk.v2.api.UsersApi;
import com.mypurecloud.sdk.v2.api.request.GetRoutingQueuesRequest;
import com.mypurecloud.sdk.v2.api.request.GetRoutingWrapupcodesRequest;
import com.mypurecloud.sdk.v2.api.request.GetUsersRequest;
import com.mypurecloud.sdk.v2.model.Queue;
import com.mypurecloud.sdk.v2.model.User;
import com.mypurecloud.sdk.v2.model.WrapupCode;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestBridge;
import org.conversationbridge.genesys.query.NameLookup;
import org.conversationbridge.names.NameBatch;
import org.conversationbridge.names.NameKind;
import org.conversationbridge.sandbox.Sandbox;
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
    /** More than a page has by itself. */
    private static final int MANY = 40;

    /** The vendor's client asks for a page of so many elements. */
    private interface Asking<T> {
        List<T> ask(int pageSize, List<String> ids) throws Exception;
    }

    private final BlockingQueue<Vendor.Exchanged> exchanged = new LinkedBlockingQueue<>();
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
        vendor = Vendor.client(sandbox);
        sandbox.observe((request, answer) -> exchanged.add(new Vendor.Exchanged(request, answer)));
    }

    @AfterEach
    void stop() throws Exception {
        vendor.close();
        sandbox.close();
    }

    @Test
    void queues_are_requested_and_read_alike() throws Exception {
        assertAlike(
                NameKind.QUEUE,
                sandbox.world().queues().stream().map(SandboxQueue::id),
                (pageSize, ids) -> new RoutingApi(vendor)
                        .getRoutingQueues(GetRoutingQueuesRequest.builder()
                                .withPageSize(pageSize)
                                .withPageNumber(1)
                                .withId(ids)
                                .build())
                        .getEntities(),
                Queue::getId,
                Queue::getName);
    }

    @Test
    void users_are_requested_and_read_alike() throws Exception {
        assertThat(sandbox.world().agents()).hasSize(MANY);
        assertAlike(
                NameKind.USER,
                sandbox.world().agents().stream().map(SandboxAgent::userId),
                (pageSize, ids) -> new UsersApi(vendor)
                        .getUsers(GetUsersRequest.builder()
                                .withPageSize(pageSize)
                                .withPageNumber(1)
                                .withId(ids)
                                .withState(GetUsersRequest.stateValues.ANY)
                                .build())
                        .getEntities(),
                User::getId,
                User::getName);
    }

    @Test
    void wrap_up_codes_are_requested_and_read_alike() throws Exception {
        assertAlike(
                NameKind.WRAP_UP_CODE,
                sandbox.world().wrapUpCodes().stream().map(SandboxWrapUpCode::id),
                (pageSize, ids) -> new RoutingApi(vendor)
                        .getRoutingWrapupcodes(GetRoutingWrapupcodesRequest.builder()
                                .withPageSize(pageSize)
                                .withPageNumber(1)
                                .withId(ids)
                                .build())
                        .getEntities(),
                WrapupCode::getId,
                WrapupCode::getName);
    }

    /** Also with ids that nobody knows. */
    private <T> void assertAlike(
            NameKind kind, Stream<String> known, Asking<T> theirs, Function<T, String> id, Function<T, String> name)
            throws Exception {
        List<String> there = known.toList();
        List<String> ids = Stream.concat(there.stream(), IntStream.range(0, 3).mapToObj(Fixtures::id))
                .toList();
        NameLookup ours = new NameLookup(new NameBatch(kind, ids));

        List<T> read = theirs.ask(ids.size(), ids);

        Vendor.Exchanged exchange = exchanged.remove();
        Vendor.assertAlike(exchange.request(), ours.request());
        Vendor.assertReads(exchange);
        assertThat(ours.read(Fixtures.parse(exchange.answer().body())))
                .containsOnlyKeys(there)
                .isEqualTo(read.stream().collect(Collectors.toMap(id, name)));
    }
}
