// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.id;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestNames;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final NameKey CLAIMS = new NameKey(NameKind.QUEUE, id(0xa1));
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final MovableClock clock = new MovableClock();
    private final WantedNames wanted = new WantedNames(clock);
    private final Names names = TestNames.unknown(wanted, clock);

    @Test
    void a_name_that_is_not_known_is_wanted_once_and_then_known() {
        assertThat(names.find(CLAIMS)).isEmpty();
        assertThat(names.find(CLAIMS)).isEmpty();
        NameBatch batch = next();
        assertThat(batch).isEqualTo(new NameBatch(NameKind.QUEUE, List.of(CLAIMS.id())));

        names.answered(batch, Map.of(CLAIMS.id(), "Claims"));

        assertThat(names.find(CLAIMS)).contains("Claims");
        assertThat(wanted.next()).isEmpty();
    }

    @Test
    void an_unknown_id_is_not_requested_again_for_a_while() {
        names.find(CLAIMS);
        names.answered(next(), Map.of());
        clock.advance(TestNames.RETRY_AFTER);
        assertThat(names.find(CLAIMS)).isEmpty();
        assertThat(wanted.next()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        assertThat(names.find(CLAIMS)).isEmpty();

        assertThat(wanted.next()).isPresent();
    }

    @Test
    void an_old_name_is_requested_again_and_given_meanwhile() {
        names.find(CLAIMS);
        names.answered(next(), Map.of(CLAIMS.id(), "Claims"));
        clock.advance(TestNames.TTL.plusSeconds(1));
        assertThat(names.find(CLAIMS)).contains("Claims");

        names.answered(next(), Map.of(CLAIMS.id(), "Claims and damages"));
        assertThat(names.find(CLAIMS)).contains("Claims and damages");

        clock.advance(TestNames.TTL.plusSeconds(1));
        names.find(CLAIMS);
        names.answered(next(), Map.of());
        assertThat(names.find(CLAIMS)).contains("Claims and damages");
        assertThat(wanted.next()).isEmpty();
    }

    @Test
    void so_many_of_a_kind_take_a_request_for_each_hundred() {
        IntStream.range(0, 250).forEach(n -> names.find(new NameKey(NameKind.USER, id(n))));
        int requests = 0;
        while (wanted.next().isPresent()) {
            NameBatch batch = next();
            assertThat(batch.ids()).hasSizeLessThanOrEqualTo(100);
            names.answered(batch, Map.of());
            requests++;
        }

        assertThat(requests).isEqualTo(3);
    }

    @Test
    void a_kind_that_failed_is_left_alone_and_the_others_have_their_turn() {
        names.find(CLAIMS);
        names.find(new NameKey(NameKind.QUEUE, id(0xa2)));
        names.find(new NameKey(NameKind.USER, id(0xb1)));
        NameBatch queues = next();
        assertThat(queues.kind()).isEqualTo(NameKind.QUEUE);

        wanted.failed(queues);

        assertThat(next().kind()).isEqualTo(NameKind.USER);
        clock.advance(PAUSE);
        assertThat(next()).isEqualTo(queues);
    }

    @Test
    void the_id_that_spoils_a_request_is_found_by_halves() {
        IntStream.range(0, 100).forEach(n -> names.find(new NameKey(NameKind.QUEUE, id(n))));
        String spoils = id(37);
        int requests = 0;
        while (wanted.next().isPresent() && requests < 100) {
            NameBatch batch = next();
            requests++;
            if (!batch.ids().contains(spoils)) {
                names.answered(batch, Map.of());
            } else if (wanted.refused(batch)) {
                assertThat(batch.ids()).containsExactly(spoils);
                names.answered(batch, Map.of());
            }
            clock.advance(PAUSE);
        }

        assertThat(wanted.next()).isEmpty();
        assertThat(requests).isLessThan(40);
    }

    @Test
    void what_may_not_be_asked_is_new_only_once() {
        names.find(CLAIMS);
        NameBatch batch = next();
        wanted.denied(batch, TestNames.RETRY_AFTER);
        assertThat(wanted.isNews(batch, "denied")).isTrue();
        assertThat(wanted.next()).isEmpty();
        clock.advance(TestNames.RETRY_AFTER);
        assertThat(wanted.isNews(next(), "denied")).isFalse();

        wanted.heard(next());
        names.answered(next(), Map.of());
        clock.advance(TestNames.TTL);
        names.find(CLAIMS);

        assertThat(wanted.isNews(next(), "denied")).isTrue();
    }

    @Test
    void what_is_no_uuid_is_no_key() {
        assertThat(NameKey.of(NameKind.WRAP_UP_CODE, "ININ-WRAP-UP-TIMEOUT")).isEmpty();
        assertThat(NameKey.of(NameKind.WRAP_UP_CODE, id(1) + "&id=x")).isEmpty();
        assertThat(NameKey.of(NameKind.QUEUE, id(1))).contains(new NameKey(NameKind.QUEUE, id(1)));
    }

    private NameBatch next() {
        return wanted.next().orElseThrow();
    }
}
