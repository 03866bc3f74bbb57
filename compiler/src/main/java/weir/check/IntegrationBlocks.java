package weir.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weir.check.Availability.Construct;
import weir.model.Action;
import weir.model.Connection;
import weir.model.Effect;
import weir.model.Integration;
import weir.model.Parameter;
import weir.model.Trigger;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.source.Location;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Part;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// `integration` blocks: the signatures that they declare, and the expressions of their requests.
final class IntegrationBlocks {
    private static final Map<String, Signature> AUTH = Map.of(
            "bearer", signature("bearer", "label?", Basic.STRING, "prefix?", Basic.STRING),
            "basic", signature("basic", "label?", Basic.STRING),
            "header", signature("header", "name?", Basic.STRING, "label?", Basic.STRING, "prefix?", Basic.STRING),
            "oauth2",
                    signature(
                            "oauth2",
                            "authorize",
                            Basic.STRING,
                            "token",
                            Basic.STRING,
                            "scopes?",
                            new Type.ListOf(Basic.STRING),
                            "label?",
                            Basic.STRING));
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> REPEATABLE = Set.of("PUT", "DELETE");

    private final Checking checking;
    private final Expressions expressions;
    private final Folding folding;

    IntegrationBlocks(Checking checking) {
        this.checking = checking;
        this.expressions = new Expressions(checking);
        this.folding = new Folding(checking.declarations);
    }

    /// A name that ends in `?` may be left out.
    static Signature signature(String name, Object... namesAndTypes) {
        var parameters = new ArrayList<Parameter>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            String parameter = (String) namesAndTypes[i];
            boolean optional = parameter.endsWith("?");
            parameters.add(new Parameter(
                    optional ? parameter.substring(0, parameter.length() - 1) : parameter,
                    (Type) namesAndTypes[i + 1],
                    optional,
                    ""));
        }
        return new Signature(name, parameters, Basic.UNKNOWN, "");
    }

    /// The signatures that a block declares.
    Integration model(Declaration.Integration integration) {
        var actions = new ArrayList<Action>();
        var triggers = new ArrayList<Trigger>();
        var connections = new ArrayList<Connection>();
        String title = integration.name().text();
        for (Part part : integration.parts()) {
            switch (part) {
                case Part.Action action ->
                    actions.add(new Action(
                            action.name().text(),
                            parameters(action.parameters()),
                            action.result() == null ? Basic.NULL : checking.type(action.result()),
                            effect(action),
                            action.doc()));
                case Part.Trigger trigger ->
                    triggers.add(new Trigger(
                            trigger.name().text(),
                            parameters(trigger.parameters()),
                            trigger.result() == null ? Basic.JSON : checking.type(trigger.result()),
                            trigger.doc()));
                case Part.Title written ->
                    title = written.text() instanceof Expression.Text text ? text.value() : title;
                case Part.Base base -> {}
                case Part.Auth auth -> connection(auth.call(), connections);
                case Part.Limits limits -> {}
            }
        }
        return new Integration(integration.name().text(), integration.version(), title, actions, triggers, connections);
    }

    private void connection(Tree.Call auth, List<Connection> into) {
        switch (auth.target().text()) {
            case "bearer" -> into.add(Connection.BEARER);
            case "basic" -> into.add(Connection.BASIC);
            case "header" -> {
                boolean named = auth.arguments().stream()
                        .anyMatch(argument -> argument.name() != null
                                && argument.name().text().equals("name"));
                into.add(named ? Connection.HEADER_VALUE : Connection.HEADER);
            }
            // Default: other kinds are reported, or not available yet.
            default -> {}
        }
    }

    private List<Parameter> parameters(List<Tree.Parameter> written) {
        return new DeclaredTypes(checking).parameters(written);
    }

    private static Effect effect(Part.Action action) {
        String method = action.request().method().text();
        if (READING.contains(method)) {
            return Effect.PURE;
        }
        return action.idempotent() || REPEATABLE.contains(method) ? Effect.IDEMPOTENT : Effect.UNSAFE;
    }

    /// Checks what a block says.
    void check(Declaration.Integration integration) {
        boolean based = integration.parts().stream().anyMatch(Part.Base.class::isInstance);
        var seen = new HashMap<String, Location>();
        for (Part part : integration.parts()) {
            twice(part, seen);
            switch (part) {
                case Part.Action action -> {
                    Type result = action.result() == null ? Basic.JSON : checking.type(action.result());
                    String service = based ? null : integration.name().text();
                    new Requests(expressions).check(action.request(), scope(action.parameters()), result, service);
                }
                case Part.Trigger trigger -> trigger(trigger);
                case Part.Title title -> expressions.check(title.text(), Basic.STRING, scope(), "`title`");
                case Part.Base base -> base(base);
                case Part.Auth auth -> auth(auth);
                case Part.Limits limits -> limits.limits().forEach(this::limit);
            }
        }
    }

    private void twice(Part part, Map<String, Location> seen) {
        switch (part) {
            case Part.Action action ->
                twice("action " + action.name().text(), action.name().span(), seen);
            case Part.Trigger trigger ->
                twice("trigger " + trigger.name().text(), trigger.name().span(), seen);
            case Part.Title title -> twice("title", title.span(), seen);
            case Part.Base base -> twice("base", base.span(), seen);
            case Part.Limits limits -> twice("limits", limits.span(), seen);
            case Part.Auth auth -> twice("auth " + auth.call().target().text(), auth.span(), seen);
        }
    }

    private void twice(String what, Span span, Map<String, Location> seen) {
        Location earlier = seen.putIfAbsent(what, checking.at(span));
        if (earlier != null) {
            checking.report(new IntegrationProblem.Twice(checking.at(span), what, earlier));
        }
    }

    private void base(Part.Base base) {
        expressions.check(base.url(), Basic.STRING, scope(), "`base`");
        String url = folding.text(base.url());
        if (url != null && !url.matches("https?://[^/]+.*")) {
            checking.report(new IntegrationProblem.BadPart(
                    checking.at(base.url().span()),
                    "`base` has to be a URL with its host.",
                    "Write it as `\"https://api.example.com\"`."));
        }
    }

    private void auth(Part.Auth auth) {
        var call = auth.call();
        String kind = call.target().text();
        var signature = AUTH.get(kind);
        if (signature == null) {
            call.arguments().forEach(argument -> expressions.infer(argument.value(), scope()));
            checking.report(new IntegrationProblem.UnknownKind(
                    checking.at(call.target().span()),
                    "auth",
                    kind,
                    checking.nearest(kind, AUTH.keySet()).orElse(null),
                    "There are `bearer`, `basic`, `header` and `oauth2`."));
            return;
        }
        if (kind.equals("oauth2")) {
            checking.require(Construct.OAUTH, auth.span());
        }
        new Arguments(expressions)
                .check(
                        signature,
                        call.arguments(),
                        call.target().span(),
                        call.span().end() - 1,
                        scope());
        for (var argument : call.arguments()) {
            String name = argument.name() == null ? "" : argument.name().text();
            if (Set.of("name", "prefix").contains(name) && folding.text(argument.value()) == null) {
                checking.report(
                        new HeadProblem.NotConstant(checking.at(argument.value().span()), name, "a text"));
            }
        }
    }

    private void limit(Declaration.Limit limit) {
        switch (limit) {
            case Declaration.Limit.Rate rate -> {
                expressions.check(rate.count(), Basic.INT, scope(), "`rate`");
                expressions.check(rate.per(), Basic.DURATION, scope(), "`per`");
                constant(rate.count(), "rate", "a number", 1, 1_000_000_000);
                constant(rate.per(), "per", "a duration", 1, Double.MAX_VALUE);
            }
            case Declaration.Limit.RetryOn retry ->
                retry.statuses().forEach(status -> {
                    expressions.check(status, Basic.INT, scope(), "`retry on`");
                    constant(status, "retry on", "a status from 400 to 599", 400, 599);
                });
        }
    }

    private void constant(Expression expression, String slot, String wanted, double least, double most) {
        Double number = folding.number(expression);
        boolean known = checking.findings.types.get(expression) != Basic.UNKNOWN;
        if (known && (number == null || number < least || number > most)) {
            checking.report(new HeadProblem.NotConstant(checking.at(expression.span()), slot, wanted));
        }
    }

    private static Scope scope() {
        return Scope.of(Scope.Place.WORKFLOW);
    }

    private Scope scope(List<Tree.Parameter> written) {
        Scope scope = scope();
        for (var parameter : written) {
            Type type = checking.type(parameter.type());
            var symbol = new Symbol(
                    Symbol.Kind.PARAMETER,
                    parameter.name().text(),
                    parameter.optional() ? Types.union(type, Basic.UNDEFINED) : type,
                    checking.at(parameter.name().span()),
                    "");
            checking.findings.declare(parameter.name(), symbol);
            scope.declare(symbol);
        }
        return scope;
    }

    private static Scope with(Scope scope, String name, Type type) {
        return scope.declare(new Symbol(Symbol.Kind.SPECIAL, name, type, null, ""));
    }

    private void trigger(Part.Trigger trigger) {
        checking.require(Construct.TRIGGER, trigger.name().span());
        Scope scope = scope(trigger.parameters());
        with(scope, "hook_url", Basic.STRING);
        with(scope, "hook_secret", Basic.SECRET);
        with(scope, "registration", Basic.JSON);
        with(scope, "cursor", Basic.JSON);
        Type result = trigger.result() == null ? Basic.JSON : checking.type(trigger.result());
        Scope emitting = scope.inner();
        switch (trigger.source()) {
            case Declaration.TriggerSource.Webhook webhook -> {
                with(emitting, "request", Basic.JSON);
                webhook.verify().arguments().forEach(argument -> expressions.infer(argument.value(), scope));
                if (webhook.accept() != null) {
                    // `request.header(name)` is a method that only requests have; it is not typed yet.
                    int mark = checking.findings.mark();
                    expressions.conditions.test(webhook.accept(), emitting);
                    checking.findings.forget(mark);
                }
            }
            case Declaration.TriggerSource.Poll poll -> {
                with(emitting, "item", Basic.JSON);
                new Requests(expressions).check(poll.request(), scope, Basic.JSON, null);
                expressions.check(poll.every(), Basic.DURATION, scope, "`every`");
            }
        }
        registration(trigger, scope);
        expressions.check(trigger.emit(), result, emitting, "`emit`");
    }

    private void registration(Part.Trigger trigger, Scope scope) {
        // The secret of a hook is told to the service that will sign with it, so bodies may hold it here.
        int mark = checking.findings.mark();
        if (trigger.register() != null) {
            new Requests(expressions).check(trigger.register(), scope, Basic.JSON, null);
        }
        if (trigger.unregister() != null) {
            new Requests(expressions).check(trigger.unregister(), scope, Basic.JSON, null);
        }
        checking.findings
                .problems()
                .subList(mark, checking.findings.mark())
                .removeIf(problem -> problem instanceof EffectProblem.SecretLeak);
    }
}
