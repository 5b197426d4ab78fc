// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The customer's side of a conversation: who has the purpose {@code customer}, also when they are gone; only
 * if there is none, the first who is {@code external}. Anyone else outside is a partner, and never becomes the
 * customer.
 */
final class Customers {
    private final List<Participant> everybody;
    private final List<Participant> partners;
    private final String mediaType;

    Customers(List<Participant> all) {
        List<Participant> named =
                inOrder(all.stream().filter(Participant::isCustomer).toList());
        List<Participant> outside =
                inOrder(all.stream().filter(Participant::isOutside).toList());
        boolean isNamed = !named.isEmpty() || outside.isEmpty();
        this.everybody = isNamed ? named : outside.subList(0, 1);
        this.partners = isNamed ? outside : outside.subList(1, outside.size());
        this.mediaType = Media.of(everybody, all);
    }

    /** Who answered comes before who did not, then who came first. */
    private static List<Participant> inOrder(List<Participant> participants) {
        return participants.stream()
                .sorted(Comparator.comparing((Participant p) -> !p.hasTalked()).thenComparing(Participant::start))
                .toList();
    }

    /** The one who is reported as the customer. */
    Optional<Participant> first() {
        return everybody.stream().findFirst();
    }

    /** The medium of the conversation. */
    String mediaType() {
        return mediaType;
    }

    List<Participant> everybody() {
        return everybody;
    }

    List<Participant> partners() {
        return partners;
    }

    boolean isTalking() {
        return everybody.stream().anyMatch(Participant::isConnected);
    }

    /** Whether they were there and have all left; of whom no medium is reported that is not known. */
    boolean haveLeft() {
        return everybody.stream().anyMatch(p -> !p.communications().isEmpty())
                && everybody.stream().noneMatch(Participant::isPresent);
    }

    /** Whether that is there and has them; a call waits nowhere once its customer has hung up. */
    boolean areHeldBy(Participant other) {
        return other.communications().stream()
                .filter(c -> c.isPresent() && c.phase() != Phase.SCHEDULED)
                .anyMatch(c -> !haveLeft() || !Media.isLive(Media.isNamed(c) ? c.mediaType() : mediaType));
    }

    boolean areOutside() {
        return isTalking() && partners.stream().anyMatch(Participant::isConnected);
    }

    boolean isOnHold() {
        return everybody.stream().anyMatch(Participant::isOnHold);
    }
}
