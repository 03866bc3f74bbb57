package weir.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.check.Checked;
import weir.check.Declarations;
import weir.check.Folding;
import weir.graph.Expr;
import weir.graph.Service;
import weir.graph.Service.Paging;
import weir.model.Type;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Part;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// A checked `integration` block to its requests as data. Triggers are not in it.
final class ServiceLowering {
    private final Folding folding;
    private final Reach reach;
    private final ExpressionLowering expressions;

    ServiceLowering(Checked checked, Reach reach, boolean foreign) {
        this.folding = new Folding(checked.declarations());
        this.reach = reach;
        this.expressions = new ExpressionLowering(checked, reach, foreign);
    }

    Service lower(Declarations.Block block) {
        Expr base = null;
        var auth = new ArrayList<Service.Auth>();
        var limits = Service.Limits.NONE;
        var actions = new ArrayList<Service.Action>();
        for (Part part : block.tree().parts()) {
            switch (part) {
                case Part.Base it -> base = expressions.lower(it.url());
                case Part.Auth it -> auth(it.call(), auth);
                case Part.Limits it -> limits = limits(it);
                case Part.Action it -> actions.add(action(it, block));
                case Part.Title title -> {}
                case Part.Trigger trigger -> {}
            }
        }
        var model = block.integration();
        return new Service(model.name(), model.version(), base, auth, limits, actions);
    }

    private void auth(Tree.Call call, List<Service.Auth> into) {
        String kind = call.target().text();
        if (!kind.equals("oauth2")) {
            String prefix = text(call.arguments(), "prefix");
            into.add(new Service.Auth(kind, text(call.arguments(), "name"), prefix == null ? "" : prefix));
        }
    }

    private @Nullable String text(List<Tree.Argument> arguments, String name) {
        Expression value = argument(arguments, name);
        return value == null ? null : folding.text(value);
    }

    private static @Nullable Expression argument(List<Tree.Argument> arguments, String name) {
        for (var argument : arguments) {
            if (argument.name() != null && argument.name().text().equals(name)) {
                return argument.value();
            }
        }
        return null;
    }

    private Service.Limits limits(Part.Limits limits) {
        Service.Rate rate = null;
        var statuses = new ArrayList<Integer>();
        for (var limit : limits.limits()) {
            switch (limit) {
                case Declaration.Limit.Rate it ->
                    rate = new Service.Rate((int) number(it.count()), (long) number(it.per()));
                case Declaration.Limit.RetryOn it ->
                    it.statuses().forEach(status -> statuses.add((int) number(status)));
            }
        }
        return new Service.Limits(rate, statuses);
    }

    /// Of what the checker has seen to be constant.
    private double number(Expression expression) {
        return Objects.requireNonNull(folding.number(expression));
    }

    private Service.Action action(Part.Action action, Declarations.Block block) {
        var model = block.integration().action(action.name().text()).orElseThrow();
        LibraryLowering.parameters(model.parameters(), reach);
        Type result = reach.type(model.result());
        return new Service.Action(model.name(), model.parameters(), result, model.effect(), request(action.request()));
    }

    private Service.Request request(Declaration.Request request) {
        return new Service.Request(
                request.method().text(),
                expressions.lower(request.url()),
                expressions.lowerOptional(request.query()),
                expressions.lowerOptional(request.headers()),
                expressions.lowerOptional(request.body()),
                request.paging() == null ? null : paging(request.paging()),
                request.fails().stream()
                        .map(fails -> new Service.FailsWhen(
                                expressions.lower(fails.condition()), expressions.lower(fails.message())))
                        .toList(),
                expressions.lowerOptional(request.gives()));
    }

    private Paging paging(Declaration.Paging paging) {
        var arguments = paging.arguments();
        String param = Objects.requireNonNullElse(text(arguments, "param"), "");
        return switch (paging.kind().text()) {
            case "cursor" ->
                new Paging.Cursor(param, expressions.lower(Objects.requireNonNull(argument(arguments, "next"))));
            case "page" -> {
                Expression first = argument(arguments, "first");
                yield new Paging.Numbered(param, first == null ? 1 : (int) number(first));
            }
            default -> new Paging.LinkHeader();
        };
    }
}
