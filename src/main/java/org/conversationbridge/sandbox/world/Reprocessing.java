// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the nightly reprocessing makes of a story: the after-call work that ended it was shorter, with another code. */
final class Reprocessing {
    private final Story story;
    private final Work last;
    private final Instant sooner;

    private Reprocessing(Story story, Work last) {
        this.story = story;
        this.last = last;
        this.sooner = last.to().minusMillis(last.acwMs() / 2);
    }

    static Story of(Story story) {
        return story.works().stream()
                .filter(work ->
                        work.to().equals(story.end()) && !work.wrapUpCode().isEmpty())
                .findFirst()
                .map(work -> new Reprocessing(story, work).changed())
                .orElse(story);
    }

    private Story changed() {
        List<Span> lives = new ArrayList<>(story.lives());
        lives.add(new Span(lives.remove(lives.size() - 1).from(), sooner));
        TreeMap<Instant, Moment> moments = new TreeMap<>(story.moments());
        moments.put(sooner, moments.pollLastEntry().getValue());
        return new Story(
                story.conversationId(),
                story.plan(),
                story.number(),
                story.direction(),
                story.divisionId(),
                story.clockAhead(),
                lives,
                story.parts().stream().map(this::part).toList(),
                moments,
                story.works().stream()
                        .map(work -> work.equals(last) ? work() : work)
                        .toList(),
                story.outcome());
    }

    private long less() {
        return last.acwMs() / 2;
    }

    private Work work() {
        return new Work(
                last.userId(),
                last.queueId(),
                Ids.otherCode(last.wrapUpCode()),
                last.mediaType(),
                last.direction(),
                last.talkMs(),
                last.talkAtMostMs(),
                last.heldMs(),
                last.acwMs() - less(),
                last.handleMs() - less(),
                last.waitMs(),
                last.answers(),
                last.from(),
                sooner);
    }

    private Part part(Part part) {
        return new Part(
                part.id(),
                part.purpose(),
                part.userId(),
                part.name(),
                part.queueId(),
                part.consults(),
                part.sessions().stream().map(this::session).toList());
    }

    private Session session(Session session) {
        return new Session(
                session.id(),
                session.mediaType(),
                session.direction(),
                session.segments().stream().map(this::segment).toList(),
                session.metrics().stream().map(this::metric).toList(),
                session.marks());
    }

    private Segment segment(Segment segment) {
        if (!segment.span().to().equals(story.end())) {
            return segment;
        }
        String code = segment.wrapUpCode().isEmpty() ? "" : Ids.otherCode(segment.wrapUpCode());
        return new Segment(
                segment.type(), new Span(segment.span().from(), sooner), segment.queueId(), code, segment.conference());
    }

    private Metric metric(Metric metric) {
        if (!metric.emitted().equals(story.end())) {
            return metric;
        }
        boolean shorter = metric.name().equals("tAcw") || metric.name().equals("tHandle");
        return new Metric(metric.name(), shorter ? metric.value() - less() : metric.value(), sooner);
    }
}
