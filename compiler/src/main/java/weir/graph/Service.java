package weir.graph;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.model.Effect;
import weir.model.Parameter;
import weir.model.Type;

/// What an `integration` block says: an HTTP service, its actions as data.
///
/// @param version `major.minor`
/// @param base what stands before the paths of its requests, or null: they are whole URLs
/// @param auth the kinds of connections that it takes; empty: none
public record Service(
        String name, String version, @Nullable Expr base, List<Auth> auth, Limits limits, List<Action> actions) {
    public Service {
        auth = List.copyOf(auth);
        actions = List.copyOf(actions);
    }

    public Optional<Action> action(String wanted) {
        return actions.stream().filter(action -> action.name().equals(wanted)).findFirst();
    }

    /// @param kind of connection: `bearer`, `basic` or `header`
    /// @param header the header that carries it, or null: the kind's, or the connection's own
    /// @param prefix what stands before the value in that header
    public record Auth(String kind, @Nullable String header, String prefix) {}

    /// @param rate how often its actions may begin, or null: as often as anybody likes
    /// @param retryOn statuses that mean "later", after which a request is sent again
    public record Limits(@Nullable Rate rate, List<Integer> retryOn) {
        public static final Limits NONE = new Limits(null, List.of());

        public Limits {
            retryOn = List.copyOf(retryOn);
        }
    }

    /// @param per milliseconds
    public record Rate(int count, long per) {}

    public record Action(String name, List<Parameter> parameters, Type result, Effect effect, Request request) {
        public Action {
            parameters = List.copyOf(parameters);
        }
    }

    /// Its expressions see the action's parameters; those that look at an answer also see `response`
    /// (`{ status, headers, body }`).
    ///
    /// @param url a text, or a template whose values are put in as parts of a URL
    /// @param gives the result, or null: the answer's body
    public record Request(
            String method,
            Expr url,
            @Nullable Expr query,
            @Nullable Expr headers,
            @Nullable Expr body,
            @Nullable Paging paging,
            List<FailsWhen> fails,
            @Nullable Expr gives) {
        public Request {
            fails = List.copyOf(fails);
        }
    }

    public record FailsWhen(Expr condition, Expr message) {}

    /// How the rest of a long list is asked for. The result is all pages' lists, one after the other.
    public sealed interface Paging {
        /// The answer's `Link` header names the next page (`rel="next"`).
        record LinkHeader() implements Paging {}

        /// The answer says what the query's parameter has to be for the next page; nothing: it was the last.
        record Cursor(String param, Expr next) implements Paging {}

        /// The query's parameter counts the pages; an empty one is the last.
        record Numbered(String param, int first) implements Paging {}
    }
}
