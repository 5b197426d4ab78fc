// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.conversation.Conversation;

/**
 * What notifications told and nobody has announced yet. Of each conversation one state is taken at a time, so that none
 * overtakes another on its way. Bounded: when it is full everything is forgotten, and polls have to find it. Safe for
 * many threads.
 */
public final class Inbox {
    static final int MOST = 10_000;

    private final Map<String, Deque<Conversation>> waiting = new LinkedHashMap<>();
    private int size;

    /**
     * Adds a state.
     *
     * @return false when it is full: all is forgotten
     */
    public synchronized boolean add(Conversation conversation) {
        if (size >= MOST) {
            waiting.clear();
            size = 0;
            return false;
        }
        waiting.computeIfAbsent(conversation.conversationId(), id -> new ArrayDeque<>(2))
                .add(conversation);
        size++;
        return true;
    }

    /** Takes the oldest state of each conversation. */
    public synchronized List<Conversation> take() {
        List<Conversation> taken = new ArrayList<>(waiting.size());
        for (Iterator<Deque<Conversation>> all = waiting.values().iterator(); all.hasNext(); ) {
            Deque<Conversation> states = all.next();
            taken.add(states.remove());
            if (states.isEmpty()) {
                all.remove();
            }
        }
        size -= taken.size();
        return taken;
    }

    /** Whether there is nothing to announce. */
    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
