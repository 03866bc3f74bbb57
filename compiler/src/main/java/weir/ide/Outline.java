package weir.ide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Statement;
import weir.syntax.Tree;

/// Something that a text declares, with what stands in it.
///
/// @param detail a few words behind the name, may be empty
/// @param at all of it
/// @param name its name's place
public record Outline(String label, String detail, Kind kind, Span at, Span name, List<Outline> inside) {
    public Outline {
        inside = List.copyOf(inside);
    }

    /// What it is, for icons.
    public enum Kind {
        TYPE,
        FIELD,
        CONSTANT,
        SETTINGS,
        FUNCTION,
        POLICY,
        RULES,
        WORKFLOW,
        STEP,
        VALUE,
        INTEGRATION,
        ACTION,
        TEST
    }

    static List<Outline> of(Tree.File file) {
        var outlines = new ArrayList<Outline>();
        file.declarations().forEach(declaration -> add(declaration, outlines));
        return outlines;
    }

    private static void add(Declaration declaration, List<Outline> into) {
        switch (declaration) {
            case Declaration.TypeDeclaration type -> into.add(leaf(type.name(), Kind.TYPE, type.span()));
            case Declaration.Constant constant -> into.add(leaf(constant.name(), Kind.CONSTANT, constant.span()));
            case Declaration.Settings settings ->
                into.add(new Outline(
                        "settings",
                        "",
                        Kind.SETTINGS,
                        settings.span(),
                        new Span(
                                settings.span().start(),
                                Math.min(settings.span().end(), settings.span().start() + "settings".length())),
                        settings.settings().stream()
                                .map(setting -> leaf(setting.name(), Kind.FIELD, setting.span()))
                                .toList()));
            case Declaration.Function function -> into.add(leaf(function.name(), Kind.FUNCTION, function.span()));
            case Declaration.PolicyDeclaration policy -> into.add(leaf(policy.name(), Kind.POLICY, policy.span()));
            case Declaration.Rules rules -> into.add(leaf(rules.name(), Kind.RULES, rules.span()));
            case Declaration.Workflow workflow ->
                into.add(new Outline(
                        workflow.name().text(),
                        "",
                        Kind.WORKFLOW,
                        workflow.span(),
                        workflow.name().span(),
                        named(workflow.body())));
            case Declaration.Integration integration ->
                into.add(new Outline(
                        integration.name().text(),
                        integration.version(),
                        Kind.INTEGRATION,
                        integration.span(),
                        integration.name().span(),
                        actions(integration)));
            case Declaration.Test test ->
                into.add(new Outline(test.title(), "", Kind.TEST, test.span(), test.titleSpan(), List.of()));
            case Declaration.UseFile _, Declaration.UseIntegration _, Declaration.Broken _ -> {}
        }
    }

    private static Outline leaf(Tree.Name name, Kind kind, Span at) {
        return new Outline(name.text(), "", kind, at, name.span(), List.of());
    }

    private static List<Outline> actions(Declaration.Integration integration) {
        var actions = new ArrayList<Outline>();
        for (var part : integration.parts()) {
            if (part instanceof Declaration.Part.Action action) {
                actions.add(leaf(action.name(), Kind.ACTION, action.span()));
            } else if (part instanceof Declaration.Part.Trigger trigger) {
                actions.add(leaf(trigger.name(), Kind.ACTION, trigger.span()));
            }
        }
        return actions;
    }

    /// The lets and named steps at the top of a block.
    private static List<Outline> named(Tree.Block block) {
        var outlines = new ArrayList<Outline>();
        for (Statement statement : block.statements()) {
            switch (statement) {
                case Statement.Let let -> outlines.add(leaf(let.name(), Kind.VALUE, let.span()));
                case Statement.Step step -> target(step.target(), step.span(), outlines);
                case Statement.Ask ask -> target(ask.target(), ask.span(), outlines);
                case Statement.WaitFor wait -> target(wait.target(), wait.span(), outlines);
                case Statement.If branches -> target(branches.target(), branches.span(), outlines);
                case Statement.Switch cases -> target(cases.target(), cases.span(), outlines);
                case Statement.For loop -> target(loop.target(), loop.span(), outlines);
                case Statement.Repeat repeat -> target(repeat.target(), repeat.span(), outlines);
                case Statement.Race race -> target(race.target(), race.span(), outlines);
                case Statement.Split split -> target(split.target(), split.span(), outlines);
                case Statement.Try attempt -> target(attempt.target(), attempt.span(), outlines);
                case Statement.Parallel parallel ->
                    parallel.branches().forEach(branch -> outlines.addAll(named(branch.block())));
                case Statement.Wait _,
                        Statement.WaitUntil _,
                        Statement.Emit _,
                        Statement.Log _,
                        Statement.Return _,
                        Statement.Yield _,
                        Statement.Fail _,
                        Statement.Broken _ -> {}
            }
        }
        return outlines;
    }

    private static void target(Statement.@Nullable Target target, Span at, List<Outline> into) {
        if (target != null) {
            into.add(leaf(target.name(), Kind.STEP, at));
        }
    }
}
