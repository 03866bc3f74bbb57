package weir.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.RunError;
import weir.store.Views;

/// The runs that failed, that nothing caught, and that nobody has seen to yet: found by what they say, newest first.
final class DeadLetters {
    /// How many are looked at for one answer.
    static final int LOOKED_AT = 2_000;

    private static final int PAGE = 200;

    private final Views views;

    DeadLetters(Views views) {
        this.views = views;
    }

    /// All that is not null has to fit.
    ///
    /// @param workflow its id
    /// @param code of the error
    /// @param since when it failed, or later
    /// @param until when it failed, before then
    /// @param text in what the error says, in any letter case
    record Query(
            @Nullable Integer workflow,
            @Nullable String code,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String text) {
        private boolean fits(Letter letter) {
            return (code == null || code.equals(letter.error().code()))
                    && (since == null || !letter.failedAt().isBefore(since))
                    && (until == null || letter.failedAt().isBefore(until))
                    && (text == null || contains(letter.error().message(), text));
        }

        private static boolean contains(String message, String part) {
            return message.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
        }
    }

    /// @param expiresAt when it ends as failed if nobody sees to it
    record Letter(Views.Row row, Entry.Started started, RunError error, Instant failedAt, Instant expiresAt) {}

    /// @param next from where to look on, null when all were looked at
    record Found(List<Letter> letters, @Nullable UUID next) {}

    /// @param before only runs older than this one, or null
    /// @param most how many are wanted
    Found find(Query query, @Nullable UUID before, int most) {
        var found = new ArrayList<Letter>();
        UUID next = before;
        for (int looked = 0; looked < LOOKED_AT; looked += PAGE) {
            var page =
                    views.page(new Views.Query(Backend.ORGANISATION, query.workflow(), Views.State.PARKED, next, PAGE));
            for (var listed : page) {
                next = listed.row().run();
                letter(listed.row(), listed.ends()).filter(query::fits).ifPresent(found::add);
                if (found.size() == most) {
                    return new Found(found, next);
                }
            }
            if (page.size() < PAGE) {
                return new Found(found, null);
            }
        }
        return new Found(found, next);
    }

    /// Empty when it is none, or no more.
    Optional<Letter> find(UUID run) {
        return views.find(Backend.ORGANISATION, run)
                .filter(row -> row.state() == Views.State.PARKED)
                .flatMap(row -> letter(row, ends(run)));
    }

    private Views.@Nullable Ends ends(UUID run) {
        return views.ends(Backend.ORGANISATION, List.of(run)).get(run);
    }

    private static Optional<Letter> letter(Views.Row row, Views.@Nullable Ends ends) {
        var expires = row.wakeAt();
        var started = ends == null ? null : RunsApi.started(ends.first());
        if (ends == null || expires == null || started == null) {
            return Optional.empty();
        }
        var last = ends.last();
        return error(last).map(error -> new Letter(row, started, error, last.at(), expires));
    }

    private static Optional<RunError> error(Frame last) {
        return last.entries().stream()
                .filter(Entry.Parked.class::isInstance)
                .map(entry -> ((Entry.Parked) entry).error())
                .reduce((before, after) -> after);
    }

    /// @param oldest since when the one that is over first has waited
    record Standing(long runs, @Nullable Instant oldest) {
        static final Standing NONE = new Standing(0, null);
    }

    Standing standing() {
        var parked = views.parked(Backend.ORGANISATION);
        var first = parked.first();
        var ends = first == null ? null : ends(first);
        return new Standing(parked.runs(), ends == null ? null : ends.last().at());
    }
}
