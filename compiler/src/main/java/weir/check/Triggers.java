package weir.check;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.check.Availability.Construct;
import weir.check.Symbol.Kind;
import weir.model.Parameter;
import weir.model.Trigger;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Field;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Span;
import weir.syntax.Declaration.Head;
import weir.syntax.Expression;
import weir.syntax.Tree.Argument;

/// Triggers: their arguments, the filter, and whether what they bring fits the workflow's parameters.
final class Triggers {
    private static final List<String> BUILT_IN = List.of("webhook", "schedule", "event");
    private static final List<String> METHODS = List.of("POST", "GET", "PUT", "PATCH", "DELETE");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    /// What `event` is for a webhook.
    static final Type REQUEST = new Type.RecordOf(List.of(
            new Field("body", Basic.JSON, false, "The request's body."),
            new Field("headers", new Type.MapOf(Basic.STRING), false, "By names in lower case."),
            new Field("query", new Type.MapOf(Basic.STRING), false, "What stands behind the `?`.")));
    /// What `event` is for a schedule.
    static final Type TICK = new Type.RecordOf(List.of(new Field("at", Basic.DATETIME, false, "When it was due.")));

    private static final Signature WEBHOOK = new Signature(
            "webhook",
            List.of(
                    new Parameter("method", Basic.STRING, false, "`POST`, `GET`, `PUT`, `PATCH` or `DELETE`."),
                    new Parameter("path", Basic.STRING, false, "Where it is called, from `/` on."),
                    new Parameter("signature", Basic.AUTH, true, "What the sender signs the body with: `hmac(…)`."),
                    new Parameter("auth", Basic.AUTH, true, "What the sender has to show: `bearer(…)`, `basic(…)`."),
                    new Parameter("reply", Basic.UNKNOWN, true, "`result`: the caller waits for the run's result.")),
            REQUEST,
            "Starts a run for each request; `event` is `{ body, headers, query }`.");
    private static final Signature CRON = new Signature(
            "schedule",
            List.of(
                    new Parameter("cron", Basic.STRING, false, "Minute, hour, day, month, weekday: `0 9 * * 1-5`."),
                    new Parameter("zone", Basic.STRING, false, "Whose clock it follows: `Europe/Berlin`.")),
            TICK,
            "Starts a run whenever the clock says so; `event.at` is when it was due.");
    private static final Signature EVERY = new Signature(
            "schedule",
            List.of(new Parameter("every", Basic.DURATION, false, "How long from one start to the next.")),
            TICK,
            "Starts a run again and again; `event.at` is when it was due.");
    private static final Signature EVENT = new Signature(
            "event",
            List.of(new Parameter("name", Basic.STRING, false, "What `emit` calls it.")),
            Basic.JSON,
            "Starts a run for each event of that name; `event` is its payload.");

    private final Expressions expressions;
    private final Checking checking;
    private final Declarations.Workflow workflow;
    private final Map<String, Location> webhooks;
    private final Folding folding;

    /// @param webhooks the webhooks of the file so far, by method and path
    Triggers(Expressions expressions, Declarations.Workflow workflow, Map<String, Location> webhooks) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.workflow = workflow;
        this.webhooks = webhooks;
        this.folding = new Folding(checking.declarations);
    }

    /// The signatures of the triggers that every Weir has.
    static List<Signature> builtIn() {
        return List.of(WEBHOOK, CRON, EVERY, EVENT);
    }

    void check(Head.Trigger trigger) {
        String name = trigger.kind().text();
        Type event = switch (name) {
            case "webhook" -> webhook(trigger);
            case "schedule" -> schedule(trigger);
            case "event" -> event(trigger);
            default -> integrated(trigger);
        };
        Scope scope = Scope.of(Scope.Place.HEAD)
                .declare(new Symbol(Kind.SPECIAL, "event", event, null, "What the trigger brings."));
        checking.findings.scopes.put(trigger, scope);
        if (trigger.when() != null) {
            expressions.conditions.decides(trigger.when(), scope, "`when`");
        }
        payload(trigger, name.equals("webhook") ? Basic.JSON : event, scope);
    }

    private Map<String, Expression> named(List<Argument> arguments) {
        Map<String, Expression> named = new HashMap<>();
        for (Argument argument : arguments) {
            if (argument.name() != null) {
                named.put(argument.name().text(), argument.value());
            }
        }
        return named;
    }

    private void arguments(Signature signature, Head.Trigger trigger) {
        var scope = Scope.of(Scope.Place.HEAD);
        int end = trigger.kind().span().end() + 1;
        if (!trigger.arguments().isEmpty()) {
            end = trigger.arguments().getLast().span().end();
        }
        var written = trigger.arguments().stream()
                .filter(argument ->
                        argument.name() == null || !argument.name().text().equals("reply"))
                .toList();
        new Arguments(expressions).check(signature, written, trigger.kind().span(), end, scope);
    }

    private @Nullable String constant(Map<String, Expression> arguments, String name) {
        Expression value = arguments.get(name);
        if (value == null) {
            return null;
        }
        String text = folding.text(value);
        Type type = checking.findings.types.getOrDefault(value, Basic.UNKNOWN);
        if (text == null && checking.types.kind(type).equals("string")) {
            checking.report(new HeadProblem.NotConstant(checking.at(value.span()), name, "a text"));
        }
        return text;
    }

    // ---- webhook

    private Type webhook(Head.Trigger trigger) {
        arguments(WEBHOOK, trigger);
        var arguments = named(trigger.arguments());
        String method = constant(arguments, "method");
        String path = constant(arguments, "path");
        if (method != null && !METHODS.contains(method)) {
            Span at = span(arguments, "method", trigger);
            String upper = method.toUpperCase(Locale.ROOT);
            String meant = METHODS.contains(upper)
                    ? upper
                    : checking.nearest(upper, METHODS).orElse("POST");
            checking.report(new HeadProblem.BadValue(
                    checking.at(at),
                    "A webhook's method is " + Words.quoted(METHODS, "or") + ".",
                    Fix.replace("Write " + meant, at, "\"" + meant + "\"")));
        }
        if (path != null && !path.matches("/[A-Za-z0-9._~/-]*")) {
            Span at = span(arguments, "path", trigger);
            String mended = "/" + path.replaceAll("[^A-Za-z0-9._~/-]+", "-").replaceAll("^/+", "");
            checking.report(new HeadProblem.BadValue(
                    checking.at(at),
                    "A path begins with `/` and holds letters, digits, `-`, `_`, `.`, `~` and `/`.",
                    Fix.replace("Write " + mended, at, "\"" + mended + "\"")));
        }
        if (method != null && path != null) {
            Location at = checking.at(trigger.span());
            Location earlier = webhooks.putIfAbsent(method + " " + path, at);
            if (earlier != null) {
                checking.report(new HeadProblem.SameWebhook(at, method, path, earlier));
            }
        }
        reply(arguments.get("reply"));
        return REQUEST;
    }

    private static Span span(Map<String, Expression> arguments, String name, Head.Trigger trigger) {
        Expression value = arguments.get(name);
        return value == null ? trigger.span() : value.span();
    }

    private void reply(@Nullable Expression reply) {
        boolean result = reply instanceof Expression.NameUse use && use.name().equals("result");
        if (reply != null && !result && !(reply instanceof Expression.Broken)) {
            checking.report(new HeadProblem.BadValue(
                    checking.at(reply.span()),
                    "`reply` takes `result`: the caller waits for the run's result.",
                    Fix.replace("Write result", reply.span(), "result")));
        }
    }

    // ---- schedule and event

    private Type schedule(Head.Trigger trigger) {
        var arguments = named(trigger.arguments());
        boolean every = arguments.containsKey("every");
        arguments(every ? EVERY : CRON, trigger);
        if (every) {
            every(arguments.get("every"));
        }
        String cron = constant(arguments, "cron");
        String problem = cron == null ? null : Cron.problem(cron);
        if (problem != null) {
            checking.report(new HeadProblem.BadCron(checking.at(span(arguments, "cron", trigger)), problem));
        }
        String zone = constant(arguments, "zone");
        if (zone != null && !ZONES.contains(zone)) {
            checking.report(new HeadProblem.UnknownZone(
                    checking.at(span(arguments, "zone", trigger)), zone, nearestZone(zone)));
        }
        return TICK;
    }

    /// A zone that is written nearly so, or that has the city's name.
    private @Nullable String nearestZone(String zone) {
        return ZONES.stream()
                .filter(known -> known.toLowerCase(Locale.ROOT).endsWith("/" + zone.toLowerCase(Locale.ROOT)))
                .filter(known -> !known.startsWith("posix/") && !known.startsWith("right/"))
                .sorted()
                .findFirst()
                .or(() -> checking.nearest(zone, ZONES))
                .orElse(null);
    }

    private void every(@Nullable Expression every) {
        if (every == null) {
            return;
        }
        Double milliseconds = folding.number(every);
        Type type = checking.findings.types.getOrDefault(every, Basic.UNKNOWN);
        if (milliseconds == null && checking.types.kind(type).equals("number")) {
            checking.report(new HeadProblem.NotConstant(checking.at(every.span()), "every", "a duration"));
        } else if (milliseconds != null
                && milliseconds < 1000
                && Fitting.fit(checking.types, type, Basic.DURATION).fits()) {
            checking.report(new HeadProblem.BadValue(
                    checking.at(every.span()), "A schedule comes at most once a second.", null));
        }
    }

    private Type event(Head.Trigger trigger) {
        checking.require(Construct.ON_EVENT, trigger.span());
        var arguments = trigger.arguments();
        if (arguments.size() != 1) {
            checking.report(new CallProblem.WrongCount(
                    checking.at(trigger.kind().span()), "event", "1 argument", arguments.size(), "event(name)"));
        } else {
            Expression name = arguments.getFirst().value();
            expressions.name(name, Scope.of(Scope.Place.HEAD), "`event`", "An event");
            constant(Map.of("name", name), "name");
        }
        return Basic.JSON;
    }

    // ---- integrations

    private Type integrated(Head.Trigger trigger) {
        var names = trigger.kind().names();
        var integration = checking.declarations.integration(names.getFirst().text());
        if (names.size() != 2 || integration == null) {
            String name = trigger.kind().text();
            checking.report(new HeadProblem.UnknownTrigger(
                    checking.at(trigger.kind().span()),
                    name,
                    checking.nearest(name, BUILT_IN).orElse(null),
                    Words.there(BUILT_IN)));
            return unknown(trigger);
        }
        var used = checking.declarations.integrations.get(names.getFirst().text());
        if (used != null) {
            checking.findings.use(
                    names.getFirst(),
                    used.symbol(),
                    checking.source,
                    names.getFirst().span());
        }
        var found = integration.trigger(names.getLast().text());
        if (found.isEmpty()) {
            var triggers = integration.triggers().stream().map(Trigger::name).toList();
            if (!checking.declarations.isUnknown(names.getFirst().text())) {
                checking.report(new HeadProblem.UnknownTrigger(
                        checking.at(names.getLast().span()),
                        names.getLast().text(),
                        checking.nearest(names.getLast().text(), triggers).orElse(null),
                        Words.there(triggers)));
            }
            return unknown(trigger);
        }
        checking.require(Construct.INTEGRATION_TRIGGER, trigger.kind().span());
        Trigger model = found.get();
        arguments(new Signature(trigger.kind().text(), model.parameters(), model.event(), model.doc()), trigger);
        return model.event();
    }

    private Type unknown(Head.Trigger trigger) {
        trigger.arguments().forEach(argument -> expressions.infer(argument.value(), Scope.of(Scope.Place.HEAD)));
        return Basic.UNKNOWN;
    }

    // ---- what it brings

    private void payload(Head.Trigger trigger, Type payload, Scope scope) {
        var signature = new Signature(workflow.tree().name().text(), workflow.parameters(), Basic.UNKNOWN, "");
        if (trigger.with() != null) {
            with(trigger.with(), signature, scope);
            return;
        }
        var parameters = workflow.parameters();
        if (parameters.isEmpty()) {
            return;
        }
        boolean single = parameters.size() == 1;
        boolean fits = single
                && Fitting.fit(checking.types, payload, Calls.wanted(parameters.getFirst()))
                        .fits();
        if (!fits) {
            String takes = single ? Words.a(parameters.getFirst().type()) : parameters.size() + " parameters";
            String gives = trigger.kind().text().equals("webhook") ? "the body of the request" : Words.a(payload);
            checking.report(new HeadProblem.PayloadMisfit(checking.at(trigger.span()), gives, takes));
        }
    }

    private void with(Expression.ObjectLiteral with, Signature signature, Scope scope) {
        Type wanted = new Type.RecordOf(signature.parameters().stream()
                .map(parameter -> new Field(parameter.name(), parameter.type(), parameter.optional(), ""))
                .toList());
        checking.findings.type(with, expressions.literals.object(with, wanted, scope, "`with`"));
    }
}
