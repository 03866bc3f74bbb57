package weir.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import weir.model.Action;
import weir.model.Effect;
import weir.model.Integration;
import weir.model.Parameter;
import weir.model.Trigger;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Field;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Part;
import weir.syntax.Expression;

/// `integration` blocks: the signatures that they declare, and the expressions of their requests.
final class IntegrationBlocks {
    private static final Type TEXTS = new Type.MapOf(Basic.STRING);
    private static final Type RESPONSE = record("status", Basic.INT, "headers", TEXTS, "body", Basic.JSON);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> REPEATABLE = Set.of("PUT", "DELETE");

    private final Checking checking;
    private final Expressions expressions;

    IntegrationBlocks(Checking checking) {
        this.checking = checking;
        this.expressions = new Expressions(checking);
    }

    private static Type record(Object... namesAndTypes) {
        var fields = new ArrayList<Field>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(new Field((String) namesAndTypes[i], (Type) namesAndTypes[i + 1], false, ""));
        }
        return new Type.RecordOf(fields);
    }

    /// The signatures that a block declares.
    Integration model(Declaration.Integration integration) {
        var actions = new ArrayList<Action>();
        var triggers = new ArrayList<Trigger>();
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
                case Part.Auth auth -> {}
                case Part.Limits limits -> {}
            }
        }
        return new Integration(integration.name().text(), integration.version(), title, actions, triggers);
    }

    private List<Parameter> parameters(List<weir.syntax.Tree.Parameter> written) {
        return new DeclaredTypes(checking).parameters(written);
    }

    private static Effect effect(Part.Action action) {
        String method = action.request().method().text();
        if (READING.contains(method)) {
            return Effect.PURE;
        }
        return action.idempotent() || REPEATABLE.contains(method) ? Effect.IDEMPOTENT : Effect.UNSAFE;
    }

    /// Checks the expressions inside a block.
    void check(Declaration.Integration integration) {
        for (Part part : integration.parts()) {
            switch (part) {
                case Part.Action action -> action(action);
                case Part.Trigger trigger -> trigger(trigger);
                case Part.Title title -> expressions.check(title.text(), Basic.STRING, scope(), "`title`");
                case Part.Base base -> expressions.check(base.url(), Basic.STRING, scope(), "`base`");
                case Part.Auth auth ->
                    auth.call().arguments().forEach(argument -> expressions.infer(argument.value(), scope()));
                case Part.Limits limits -> limits.limits().forEach(this::limit);
            }
        }
    }

    private void limit(Declaration.Limit limit) {
        switch (limit) {
            case Declaration.Limit.Rate rate -> {
                expressions.check(rate.count(), Basic.INT, scope(), "`rate`");
                expressions.check(rate.per(), Basic.DURATION, scope(), "`per`");
            }
            case Declaration.Limit.RetryOn retry ->
                retry.statuses().forEach(status -> expressions.check(status, Basic.INT, scope(), "`retry on`"));
        }
    }

    private static Scope scope() {
        return Scope.of(Scope.Place.WORKFLOW);
    }

    private Scope scope(List<weir.syntax.Tree.Parameter> written) {
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

    private void action(Part.Action action) {
        Scope scope = scope(action.parameters());
        Type result = action.result() == null ? Basic.JSON : checking.type(action.result());
        request(action.request(), scope, result);
    }

    private void request(Declaration.Request request, Scope scope, Type result) {
        expressions.check(request.url(), Basic.STRING, scope, "the path");
        Scope paging = with(scope.inner(), "response", RESPONSE);
        if (request.query() != null) {
            expressions.check(request.query(), new Type.MapOf(Basic.JSON), scope, "`query`");
        }
        if (request.headers() != null) {
            expressions.check(
                    request.headers(),
                    new Type.MapOf(Types.union(Basic.STRING, Basic.SECRET, Basic.UNDEFINED)),
                    scope,
                    "`headers`");
        }
        if (request.body() != null) {
            expressions.open(request.body(), scope, "`body`");
        }
        if (request.paging() != null) {
            request.paging().arguments().forEach(argument -> expressions.infer(argument.value(), paging));
        }
        for (var fails : request.fails()) {
            expressions.conditions.decides(fails.condition(), paging, "`when`");
            expressions.check(fails.message(), Basic.STRING, paging, "`with`");
        }
        if (request.gives() != null) {
            expressions.check(request.gives(), result, paging, "the result");
        }
    }

    private void trigger(Part.Trigger trigger) {
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
                request(poll.request(), scope, Basic.JSON);
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
            request(trigger.register(), scope, Basic.JSON);
        }
        if (trigger.unregister() != null) {
            request(trigger.unregister(), scope, Basic.JSON);
        }
        checking.findings
                .problems()
                .subList(mark, checking.findings.mark())
                .removeIf(problem -> problem instanceof EffectProblem.SecretLeak);
    }
}
