package weir.format;

import java.util.ArrayList;
import java.util.List;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.BracketPairs;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Head;
import weir.syntax.Tree;

/// A file: its declarations with a blank line between, and what is in them.
final class FileLayout {
    private final Tree.File file;
    private final Source source;
    private final Sequences sequences;
    private final TypeLayout types;
    private final ExpressionLayout expressions;
    private final StatementLayout statements;
    private final RulesLayout rules;
    private final IntegrationLayout integrations;
    private final TestLayout tests;

    FileLayout(Tree.File file) {
        this.file = file;
        source = file.source();
        var comments = new Comments(source, file.comments());
        BracketPairs pairs = BracketPairs.of(source);
        sequences = new Sequences(source, comments, pairs);
        types = new TypeLayout(source, sequences);
        expressions = new ExpressionLayout(source, comments, sequences);
        statements = new StatementLayout(source, sequences, types, expressions);
        // A row is one line, so comments stand before it or behind it: its cells are written without.
        Comments none = comments.taken();
        var cells = new ExpressionLayout(source, none, new Sequences(source, none, pairs));
        rules = new RulesLayout(sequences, types, expressions, cells);
        integrations = new IntegrationLayout(sequences, types, expressions, statements);
        tests = new TestLayout(source, expressions, statements);
    }

    Doc file() {
        List<Sequences.Item> items = new ArrayList<>();
        Declaration last = null;
        for (Declaration declaration : file.declarations()) {
            // Uses and constants may stand directly below their like.
            boolean together = last != null && isLine(last, declaration);
            items.add(new Sequences.Item(declaration.span(), !together, () -> declaration(declaration)));
            last = declaration;
        }
        List<Doc> lines = sequences.below(items, 0, source.text().length());
        return lines.isEmpty() ? Breaks.NONE : Doc.concat(Doc.join(Breaks.HARD, lines), Breaks.HARD);
    }

    private static boolean isLine(Declaration last, Declaration next) {
        return (isUse(last) && isUse(next))
                || (last instanceof Declaration.Constant && next instanceof Declaration.Constant);
    }

    private static boolean isUse(Declaration declaration) {
        return declaration instanceof Declaration.UseFile || declaration instanceof Declaration.UseIntegration;
    }

    private Doc declaration(Declaration declaration) {
        return switch (declaration) {
            case Declaration.UseFile use -> Doc.text("use " + Quotes.canonical(source.text(use.pathSpan())));
            case Declaration.UseIntegration use -> use(use);
            case Declaration.TypeDeclaration type ->
                Doc.concat(Sequences.docs(type.doc()), "type ", type.name().text(), types.declared(type.type()));
            case Declaration.Constant constant ->
                Doc.concat(
                        Sequences.docs(constant.doc()),
                        statements.let(constant.name(), constant.type(), constant.value()));
            case Declaration.Settings settings -> settings(settings);
            case Declaration.Function function -> function(function);
            case Declaration.PolicyDeclaration policy ->
                Doc.concat(
                        Sequences.docs(policy.doc()),
                        "policy ",
                        policy.name().text(),
                        " ",
                        statements.policyBlock(policy.policies(), policy.span()));
            case Declaration.Rules set -> rules.rules(set);
            case Declaration.Workflow workflow -> workflow(workflow);
            case Declaration.Integration integration -> integrations.integration(integration);
            case Declaration.Test test -> tests.test(test);
            case Declaration.Broken broken -> Doc.text(source.text(broken.span()));
        };
    }

    private static Doc use(Declaration.UseIntegration use) {
        String version = use.version() == null ? "" : " " + use.version();
        String alias = use.alias() == null ? "" : " as " + use.alias().text();
        return Doc.text("use " + use.integration().text() + version + alias);
    }

    private Doc settings(Declaration.Settings settings) {
        List<Sequences.Item> items = settings.settings().stream()
                .map(setting -> new Sequences.Item(setting.span(), () -> setting(setting)))
                .toList();
        return Doc.concat(Sequences.docs(settings.doc()), "settings ", statements.braces(items, settings.span()));
    }

    private Doc setting(Declaration.Setting setting) {
        Doc left = Doc.concat(
                Sequences.docs(setting.doc()),
                setting.name().text(),
                setting.optional() ? "?: " : ": ",
                types.type(setting.type()));
        return setting.standard() == null ? left : Doc.concat(left, expressions.after(" =", setting.standard()));
    }

    private Doc function(Declaration.Function function) {
        Doc head = Doc.concat(
                Sequences.docs(function.doc()),
                "function ",
                function.name().text(),
                types.signature(function.name(), function.parameters(), function.result()));
        return switch (function.body()) {
            case Declaration.FunctionBody.Of body -> Doc.concat(head, expressions.after(" =", body.expression()));
            case Declaration.FunctionBody.Script script -> Doc.concat(head, Breaks.HARD, fence(script.fence()));
        };
    }

    /// A script stays as it is, but begins and ends on lines of its own.
    private static Doc fence(Tree.Fence fence) {
        String text = fence.text().replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
        return Doc.text("```" + fence.language() + "\n" + (text.isEmpty() ? "" : text + "\n") + "```");
    }

    private Doc workflow(Declaration.Workflow workflow) {
        List<Sequences.Item> items = new ArrayList<>();
        workflow.heads().forEach(head -> items.add(new Sequences.Item(head.span(), () -> head(head))));
        boolean afterHeads = !workflow.heads().isEmpty();
        for (var statement : workflow.body().statements()) {
            items.add(new Sequences.Item(statement.span(), afterHeads, () -> statements.statement(statement)));
            afterHeads = false;
        }
        Span braces = workflow.body().span();
        return Doc.concat(
                Sequences.docs(workflow.doc()),
                "workflow ",
                workflow.name().text(),
                types.signature(workflow.name(), workflow.parameters(), workflow.result()),
                " ",
                statements.braces(items, braces));
    }

    private Doc head(Head head) {
        return switch (head) {
            case Head.Trigger trigger ->
                Doc.group(
                        "on ",
                        trigger.kind().text(),
                        statements.arguments(
                                trigger.arguments(), trigger.kind().span().end()),
                        Doc.indent(
                                statements.clause("when", trigger.when()),
                                trigger.with() == null
                                        ? Breaks.NONE
                                        : Doc.concat(Breaks.LINE, "with ", expressions.expression(trigger.with()))));
            case Head.Priority priority ->
                Doc.text("priority " + priority.level().text());
            case Head.Once once ->
                Doc.concat(
                        "once per ",
                        expressions.expression(once.key()),
                        statements.word("within", once.within()),
                        once.orAfterFailure() ? " or after failure" : "");
            case Head.AtMost atMost ->
                Doc.concat(
                        "at most ",
                        expressions.expression(atMost.count()),
                        " at once",
                        statements.word("per", atMost.per()),
                        atMost.otherwise() == null
                                ? ""
                                : " else " + atMost.otherwise().text());
            case Head.Timeout timeout -> Doc.concat("timeout ", expressions.expression(timeout.duration()));
            case Head.OnFailure failure -> Doc.concat("on failure ", statements.block(failure.block()));
        };
    }
}
