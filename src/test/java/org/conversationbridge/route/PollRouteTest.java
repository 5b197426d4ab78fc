// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import jakarta.jms.JMSException;
import java.util.List;
import org.apache.camel.spi.Registry;
import org.conversationbridge.Fixtures;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.NotDeliveredException;
import org.conversationbridge.checkpoint.Checkpoint;

/** A route of the poll, with the real beans. */
abstract class PollRouteTest extends RouteTest {
    protected final Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED);
    protected final RecordedTransactions transactions = new RecordedTransactions();
    /** How often the backlog is found not delivered. */
    protected int checksInVain;

    protected boolean isAnnouncer = true;
    protected boolean isTakeOver;
    protected final FixedCurrentQueue currentQueue = new FixedCurrentQueue();

    @Override
    protected void bind(Registry registry) {
        registry.bind("pageTransaction", transactions.policy());
        registry.bind("backlog", new FixedBacklog());
        registry.bind("notifications", new FixedPosition());
        registry.bind("currentQueue", currentQueue);
    }

    /** As the test says: it has these pages to restate, or cannot be read. */
    public static final class FixedCurrentQueue {
        List<ChangePage> pages = List.of();
        boolean isAway;
        int postponed;

        public void compare() throws JMSException {
            if (isAway) {
                throw new JMSException("away");
            }
        }

        public List<ChangePage> pages() {
            return pages;
        }

        public void postponed() {
            postponed++;
        }
    }

    /** As the test says. */
    public final class FixedPosition {
        public boolean isAnnouncer() {
            return isAnnouncer;
        }

        public boolean isTakeOver() {
            return isTakeOver;
        }

        public void tookOver() {
            isAnnouncer = true;
            isTakeOver = false;
        }
    }

    /** As the test says. */
    public final class FixedBacklog {
        public void checkDelivered() {
            if (checksInVain-- > 0) {
                throw new NotDeliveredException("pages", 1);
            }
        }
    }
}
