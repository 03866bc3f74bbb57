package weir.ide;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.check.Lookup;
import weir.check.Symbol;
import weir.model.Type;
import weir.source.Location;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// Where things are declared: names, fields, arguments, used files.
final class Definition {
    private final Document document;
    private final Lookup lookup;
    private final int offset;

    private Definition(Document document, int offset) {
        this.document = document;
        this.lookup = document.lookup();
        this.offset = offset;
    }

    static Optional<Location> at(Document document, int offset) {
        var definition = new Definition(document, offset);
        return definition
                .field()
                .or(definition::argument)
                .or(() ->
                        Optional.ofNullable(document.lookup().symbolAt(offset)).map(Symbol::at))
                .or(definition::file);
    }

    /// The documents that the text names, by the place of their path.
    static Map<Span, String> links(Document document) {
        Map<Span, String> links = new LinkedHashMap<>();
        for (Declaration declaration : document.tree().declarations()) {
            if (declaration instanceof Declaration.UseFile use) {
                links.put(use.pathSpan(), Project.beside(document.source().name(), use.path()));
            }
        }
        return links;
    }

    private Optional<Location> file() {
        return links(document).entrySet().stream()
                .filter(link -> link.getKey().contains(offset))
                .flatMap(link -> document.usedFile(link.getValue()).stream())
                .map(source -> new Location(source, new Span(0, 0)))
                .findFirst();
    }

    /// The field that a member, or a key of a record that is given somewhere, is declared as.
    private Optional<Location> field() {
        var member = lookup.expressionAt(offset, Expression.Member.class).orElse(null);
        if (member instanceof Expression.Member it && it.name().span().contains(offset)) {
            return lookup.fieldTree(lookup.type(it.object()), it.name().text()).flatMap(this::place);
        }
        var object = lookup.expressionAt(offset, Expression.ObjectLiteral.class).orElse(null);
        Type wanted = object == null ? null : lookup.wanted(object);
        if (object instanceof Expression.ObjectLiteral it && wanted != null) {
            return it.properties().stream()
                    .filter(property -> property instanceof Expression.Property.Entry entry
                            && entry.key().span().contains(offset))
                    .map(property ->
                            ((Expression.Property.Entry) property).key().text())
                    .findFirst()
                    .flatMap(name -> lookup.fieldTree(wanted, name))
                    .flatMap(this::place);
        }
        return Optional.empty();
    }

    private Optional<Location> place(weir.syntax.TypeExpression.Field field) {
        return document.sourceOf(field)
                .map(source -> new Location(source, field.name().span()));
    }

    /// The parameter that a named argument is for.
    private Optional<Location> argument() {
        for (Tree.Call call : lookup.calls()) {
            for (Tree.Argument argument : call.arguments()) {
                Tree.@Nullable Name name = argument.name();
                if (name != null && name.span().contains(offset)) {
                    return lookup.parameterPlace(call, name.text());
                }
            }
        }
        return Optional.empty();
    }
}
