package weir.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import weir.check.Checked;
import weir.check.Declarations;
import weir.graph.Expr;
import weir.graph.Library;
import weir.graph.RuleSet;
import weir.graph.Service;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Declaration.FunctionBody;

/// The pure parts of the files, each lowered once with what it reaches, and the library of what something reaches.
final class LibraryLowering {
    private final Checked checked;
    private final Map<String, Library.Constant> constants = new LinkedHashMap<>();
    private final Map<String, Library.Function> functions = new LinkedHashMap<>();
    private final Map<String, RuleSet> rules = new LinkedHashMap<>();
    private final List<Library.Setting> settings = new ArrayList<>();
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, Reach> byConstant = new LinkedHashMap<>();
    private final Map<String, Reach> byFunction = new LinkedHashMap<>();
    private final Map<String, Reach> byRules = new LinkedHashMap<>();
    private final Map<String, Reach> byService = new LinkedHashMap<>();
    private final Reach bySettings = new Reach();

    LibraryLowering(Checked checked) {
        this.checked = checked;
        checked.declarations().constants().forEach(this::constant);
        checked.declarations().functions().forEach(this::function);
        checked.declarations().rules().forEach(this::rules);
        checked.declarations().blocks().forEach(this::service);
        checked.declarations().settings().forEach(this::setting);
    }

    private boolean isForeign(Source source) {
        return source != checked.file().source();
    }

    private void constant(String name, Declarations.Constant constant) {
        var reach = new Reach();
        Expr value = new ExpressionLowering(checked, reach, isForeign(constant.source()))
                .lower(constant.tree().value());
        constants.put(name, new Library.Constant(name, value));
        byConstant.put(name, reach);
    }

    private void function(String name, Declarations.Function function) {
        var reach = new Reach();
        boolean foreign = isForeign(function.source());
        Library.Function.Body body = switch (function.tree().body()) {
            case FunctionBody.Of(var expression) ->
                new Library.Function.Body.Of(new ExpressionLowering(checked, reach, foreign).lower(expression));
            case FunctionBody.Script(var fence) ->
                new Library.Function.Body.Script(fence.text(), foreign ? null : fence.textSpan());
        };
        var signature = function.signature();
        functions.put(
                name,
                new Library.Function(
                        name,
                        parameters(signature.parameters(), reach),
                        reach.type(signature.result()),
                        body,
                        foreign ? Span.NONE : function.tree().span()));
        byFunction.put(name, reach);
    }

    private void rules(String name, Declarations.Rules declared) {
        var reach = new Reach();
        rules.put(name, new RulesLowering(checked, reach, isForeign(declared.source())).lower(declared));
        parameters(declared.signature().parameters(), reach);
        reach.type(declared.row());
        byRules.put(name, reach);
    }

    private void service(String name, Declarations.Block block) {
        var reach = new Reach();
        services.put(name, new ServiceLowering(checked, reach, isForeign(block.source())).lower(block));
        byService.put(name, reach);
    }

    private void setting(String name, Declarations.Setting setting) {
        var expressions = new ExpressionLowering(checked, bySettings, isForeign(setting.source()));
        settings.add(new Library.Setting(
                name,
                bySettings.type(setting.type()),
                setting.tree().optional(),
                expressions.lowerOptional(setting.tree().standard())));
    }

    static List<Parameter> parameters(List<Parameter> parameters, Reach reach) {
        parameters.forEach(parameter -> reach.type(parameter.type()));
        return parameters;
    }

    /// Everything that the files declare.
    Library all() {
        var reach = new Reach();
        reach.constants.addAll(constants.keySet());
        reach.functions.addAll(functions.keySet());
        reach.rules.addAll(rules.keySet());
        reach.services.addAll(services.keySet());
        reach.types.addAll(checked.declarations().types().keySet());
        reach.settings = !settings.isEmpty();
        return reached(reach);
    }

    /// What can be reached from there.
    Library reached(Reach from) {
        Deque<Reach> open = new ArrayDeque<>(List.of(from));
        var all = new Reach();
        while (!open.isEmpty()) {
            Reach next = open.pop().without(all);
            all.add(next);
            next.constants.forEach(name -> open.push(byConstant.getOrDefault(name, new Reach())));
            next.functions.forEach(name -> open.push(byFunction.getOrDefault(name, new Reach())));
            next.rules.forEach(name -> open.push(byRules.getOrDefault(name, new Reach())));
            next.services.forEach(name -> open.push(byService.getOrDefault(name, new Reach())));
            for (String name : next.types) {
                Type type = checked.declarations().types().get(name);
                if (type != null) {
                    var inner = new Reach();
                    inner.type(type);
                    open.push(inner);
                }
            }
            if (next.settings) {
                open.push(bySettings);
            }
        }
        return library(all);
    }

    private Library library(Reach from) {
        var types = new TreeMap<String, Type>();
        for (String name : from.types) {
            Type type = checked.declarations().types().get(name);
            if (type != null) {
                types.put(name, type);
            }
        }
        return new Library(
                types,
                from.settings ? settings : List.of(),
                inOrder(from),
                functions.values().stream()
                        .filter(function -> from.functions.contains(function.name()))
                        .toList(),
                rules.values().stream()
                        .filter(set -> from.rules.contains(set.name()))
                        .toList(),
                services.values().stream()
                        .filter(service -> from.services.contains(service.name()))
                        .toList());
    }

    /// Constants after those that they need, directly or through functions and rules.
    private List<Library.Constant> inOrder(Reach from) {
        Map<String, Library.Constant> placed = new LinkedHashMap<>();
        from.constants.forEach(name -> place(name, placed, new Reach()));
        return List.copyOf(placed.values());
    }

    private void place(String name, Map<String, Library.Constant> placed, Reach under) {
        Library.Constant constant = constants.get(name);
        if (constant == null || placed.containsKey(name) || !under.constants.add(name)) {
            return;
        }
        needs(byConstant.getOrDefault(name, new Reach()), new Reach())
                .constants
                .forEach(needed -> place(needed, placed, under));
        placed.put(name, constant);
    }

    /// The constants that something needs to be evaluated.
    private Reach needs(Reach from, Reach all) {
        if (all.add(from)) {
            for (String name : List.copyOf(from.functions)) {
                needs(byFunction.getOrDefault(name, new Reach()), all);
            }
            for (String name : List.copyOf(from.rules)) {
                needs(byRules.getOrDefault(name, new Reach()), all);
            }
        }
        return all;
    }
}
