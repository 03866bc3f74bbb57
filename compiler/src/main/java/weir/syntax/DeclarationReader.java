package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Declaration.FunctionBody;
import weir.syntax.Declaration.Head;
import weir.syntax.antlr.WeirParser.*;

/// Reads what stands at the left edge of a file.
final class DeclarationReader {
    private final Reading reading;
    private final TypeReader types;
    private final ExpressionReader expressions;
    private final StatementReader statements;
    private final RulesReader rules;
    private final IntegrationReader integrations;
    private final TestReader tests;

    DeclarationReader(Reading reading) {
        this.reading = reading;
        types = new TypeReader(reading);
        expressions = new ExpressionReader(reading);
        statements = new StatementReader(reading, types, expressions);
        rules = new RulesReader(reading, types, expressions, statements);
        integrations = new IntegrationReader(reading, types, expressions, statements);
        tests = new TestReader(reading, expressions, statements);
    }

    Declaration declaration(DeclarationContext context) {
        Span span = Reading.span(context);
        String doc = reading.docs.take(context.getStart());
        return switch (context.getChild(0)) {
            case UseDeclarationContext use -> use(use, span);
            case TypeDeclarationContext type ->
                new Declaration.TypeDeclaration(reading.name(type.name()), types.type(type.type()), doc, span);
            case LetContext let ->
                new Declaration.Constant(
                        reading.name(let.name()),
                        let.type() == null ? null : types.type(let.type()),
                        expressions.expression(let.expr()),
                        doc,
                        span);
            case SettingsDeclarationContext settings ->
                new Declaration.Settings(
                        settings.setting().stream().map(this::setting).toList(), doc, span);
            case FunctionDeclarationContext function -> function(function, doc, span);
            case PolicyDeclarationContext policy ->
                new Declaration.PolicyDeclaration(
                        reading.name(policy.name()), statements.policies(policy.policies()), doc, span);
            case RulesDeclarationContext rulesDeclaration -> rules.rules(rulesDeclaration, doc);
            case WorkflowContext workflow -> workflow(workflow, doc, span);
            case IntegrationContext integration -> integrations.integration(integration, doc);
            case TestContext test -> tests.test(test);
            default -> throw new IllegalStateException("the reader does not know the declaration " + context.getText());
        };
    }

    private Declaration use(UseDeclarationContext context, Span span) {
        if (context.STRING() != null) {
            String path = Literals.text(context.STRING().getText());
            return new Declaration.UseFile(path, Reading.span(context.STRING()), span);
        }
        return new Declaration.UseIntegration(
                reading.name(context.name(0)),
                context.NUMBER() == null ? null : context.NUMBER().getText(),
                context.AS() == null ? null : reading.name(context.name(1)),
                span);
    }

    private Declaration.Setting setting(SettingContext context) {
        String doc = reading.docs.take(context.getStart());
        return new Declaration.Setting(
                reading.name(context.word()),
                context.QUESTION() != null,
                types.type(context.type()),
                expressions.optional(context.expr()),
                doc,
                Reading.span(context));
    }

    private Declaration function(FunctionDeclarationContext context, String doc, Span span) {
        FunctionBody body = context.fence() == null
                ? new FunctionBody.Of(expressions.expression(context.expr()))
                : new FunctionBody.Script(fence(context.fence()));
        return new Declaration.Function(
                reading.name(context.name()),
                types.parameters(context.parameters()),
                types.type(context.type()),
                body,
                doc,
                span);
    }

    /// The script begins after the line of the opening fence and ends before the closing one.
    private Tree.Fence fence(FenceContext context) {
        Span span = Reading.span(context);
        Token open = context.FENCE_OPEN().getSymbol();
        int from = open.getStopIndex() + 1;
        int to = Math.max(from, context.FENCE_CLOSE().getSymbol().getStartIndex());
        String text = reading.text(new Span(from, to));
        int line = text.startsWith("\r\n") ? 2 : text.startsWith("\n") || text.startsWith("\r") ? 1 : 0;
        return new Tree.Fence(open.getText().substring(3), text.substring(line), from + line, span);
    }

    private Declaration workflow(WorkflowContext context, String doc, Span span) {
        List<Head> heads = new ArrayList<>();
        context.head().forEach(head -> heads.add(head(head)));
        Span braces = Reading.span(context.LBRACE()).to(Reading.span(context.RBRACE()));
        return new Declaration.Workflow(
                reading.name(context.name()),
                types.parameters(context.parameters()),
                context.type() == null ? null : types.type(context.type()),
                heads,
                statements.block(context.statement(), context.lastReturn(), braces),
                doc,
                span);
    }

    private Head head(HeadContext context) {
        Span span = Reading.span(context);
        return switch (context) {
            case OnFailureContext failure -> new Head.OnFailure(statements.block(failure.block()), span);
            case OnTriggerContext trigger ->
                new Head.Trigger(
                        statements.path(trigger.path()),
                        statements.arguments(trigger.arguments()),
                        expressions.optional(trigger.condition),
                        trigger.objectLiteral() == null ? null : expressions.object(trigger.objectLiteral()),
                        span);
            case PrioritySettingContext priority -> new Head.Priority(reading.name(priority.getStop()), span);
            case OnceSettingContext once ->
                new Head.Once(
                        expressions.expression(once.key), expressions.optional(once.within), once.OR() != null, span);
            case AtMostSettingContext atMost ->
                new Head.AtMost(
                        expressions.expression(atMost.count),
                        expressions.optional(atMost.key),
                        otherwise(atMost),
                        span);
            case TimeoutSettingContext timeout -> new Head.Timeout(expressions.expression(timeout.expr()), span);
            default -> throw new IllegalStateException("the reader does not know the head " + context.getClass());
        };
    }

    private Tree.@Nullable Name otherwise(AtMostSettingContext context) {
        return context.ELSE() == null ? null : reading.name(context.getStop());
    }
}
