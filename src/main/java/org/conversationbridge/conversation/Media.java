// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which medium a conversation has, whichever source reports it, live and when it is over: the main medium in which the
 * customer came first. From the moment a callback is requested a call is a callback, also while its own call goes on.
 * What only accompanies another medium decides nothing beside it.
 */
public final class Media {
    private static final String CALLBACK = "callback";
    private static final String VOICE = "voice";

    /**
     * Co-browse, screen share and the supervisor's view of a screen; every other medium, known or not, is a main one.
     */
    private static final Set<String> AUXILIARY = Set.of("cobrowse", "screenshare", "screenmonitoring");

    /** Media in which one who has left does not wait: a queue holds a callback or an e-mail without its customer. */
    private static final Set<String> LIVE = Set.of(VOICE, "chat", "video");

    private Media() {}

    /** Whether it only accompanies. */
    public static boolean isAuxiliary(String mediaType) {
        return AUXILIARY.contains(mediaType.toLowerCase(Locale.ROOT));
    }

    static boolean isCallback(String mediaType) {
        return mediaType.equals(CALLBACK);
    }

    static boolean isLive(String mediaType) {
        return LIVE.contains(mediaType);
    }

    static boolean isNamed(Communication communication) {
        return !communication.mediaType().equals(Communication.UNKNOWN_MEDIA)
                && !communication.mediaType().equals(Communication.NO_MEDIUM);
    }

    /**
     * The medium of the conversation; {@code unknown} while no participant has one.
     *
     * @param customers those whose medium takes precedence, in their order
     */
    static String of(List<Participant> customers, List<Participant> all) {
        List<Communication> inOrder =
                Stream.concat(byBegin(customers), byBegin(all)).toList();
        Predicate<Communication> main = communication -> !isAuxiliary(communication.mediaType());
        boolean isKnown = inOrder.stream().anyMatch(main.and(c -> !c.mediaType().equals(Communication.NO_MEDIUM)));
        String first = inOrder.stream()
                .filter(Media::isNamed)
                .filter(communication -> !isKnown || main.test(communication))
                .map(Communication::mediaType)
                .findFirst()
                .orElse(Communication.UNKNOWN_MEDIA);
        boolean isCallback = first.equals(VOICE) && inOrder.stream().anyMatch(c -> isCallback(c.mediaType()));
        return isCallback ? CALLBACK : first;
    }

    static Stream<Communication> byBegin(List<Participant> participants) {
        return participants.stream()
                .flatMap(participant -> participant.communications().stream())
                .sorted(Comparator.comparing(
                        Communication::begin, Comparator.nullsLast(Comparator.<Instant>naturalOrder())));
    }
}
