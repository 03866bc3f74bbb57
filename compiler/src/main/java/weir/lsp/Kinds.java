package weir.lsp;

import java.util.Arrays;
import java.util.List;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.SemanticTokenModifiers;
import org.eclipse.lsp4j.SemanticTokenTypes;
import org.eclipse.lsp4j.SemanticTokensLegend;
import org.eclipse.lsp4j.SymbolKind;
import weir.ide.Outline;
import weir.ide.SemanticToken;
import weir.ide.Suggestion;
import weir.source.Severity;

/// What the protocol calls the sorts of things that there are.
final class Kinds {
    private Kinds() {}

    static DiagnosticSeverity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> DiagnosticSeverity.Error;
            case WARNING -> DiagnosticSeverity.Warning;
            case INFO -> DiagnosticSeverity.Information;
            case HINT -> DiagnosticSeverity.Hint;
        };
    }

    static CompletionItemKind completion(Suggestion.Kind kind) {
        return switch (kind) {
            case KEYWORD -> CompletionItemKind.Keyword;
            case VALUE -> CompletionItemKind.Variable;
            case FIELD -> CompletionItemKind.Field;
            case FUNCTION, ACTION, WORKFLOW -> CompletionItemKind.Function;
            case METHOD -> CompletionItemKind.Method;
            case NAMESPACE, INTEGRATION -> CompletionItemKind.Module;
            case ARGUMENT -> CompletionItemKind.Property;
            case TYPE -> CompletionItemKind.Class;
            case LITERAL -> CompletionItemKind.EnumMember;
            case POLICY -> CompletionItemKind.Struct;
            case TRIGGER -> CompletionItemKind.Event;
            case FILE -> CompletionItemKind.File;
            case SNIPPET -> CompletionItemKind.Snippet;
        };
    }

    static SymbolKind symbol(Outline.Kind kind) {
        return switch (kind) {
            case TYPE -> SymbolKind.Struct;
            case FIELD -> SymbolKind.Field;
            case CONSTANT -> SymbolKind.Constant;
            case SETTINGS -> SymbolKind.Object;
            case FUNCTION, ACTION -> SymbolKind.Function;
            case POLICY -> SymbolKind.Property;
            case RULES -> SymbolKind.Enum;
            case WORKFLOW -> SymbolKind.Class;
            case STEP -> SymbolKind.Event;
            case VALUE -> SymbolKind.Variable;
            case INTEGRATION -> SymbolKind.Module;
            case TEST -> SymbolKind.Method;
        };
    }

    /// In the order of our own kinds, so that a number says which.
    static SemanticTokensLegend legend() {
        return new SemanticTokensLegend(
                Arrays.stream(SemanticToken.Kind.values()).map(Kinds::token).toList(),
                Arrays.stream(SemanticToken.Modifier.values())
                        .map(Kinds::modifier)
                        .toList());
    }

    private static String token(SemanticToken.Kind kind) {
        return switch (kind) {
            case NAMESPACE -> SemanticTokenTypes.Namespace;
            case TYPE -> SemanticTokenTypes.Type;
            case PARAMETER -> SemanticTokenTypes.Parameter;
            case VARIABLE -> SemanticTokenTypes.Variable;
            case PROPERTY -> SemanticTokenTypes.Property;
            case FUNCTION -> SemanticTokenTypes.Function;
            case METHOD -> SemanticTokenTypes.Method;
            case KEYWORD -> SemanticTokenTypes.Keyword;
            case COMMENT -> SemanticTokenTypes.Comment;
            case STRING -> SemanticTokenTypes.String;
            case NUMBER -> SemanticTokenTypes.Number;
            case MACRO -> SemanticTokenTypes.Macro;
        };
    }

    private static String modifier(SemanticToken.Modifier modifier) {
        return switch (modifier) {
            case DECLARATION -> SemanticTokenModifiers.Declaration;
            case READONLY -> SemanticTokenModifiers.Readonly;
            case DEFAULT_LIBRARY -> SemanticTokenModifiers.DefaultLibrary;
            case DOCUMENTATION -> SemanticTokenModifiers.Documentation;
        };
    }

    static List<String> completionTriggers() {
        return List.of(".", "\"", "|", "/");
    }
}
