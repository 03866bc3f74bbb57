package weir.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import weir.model.Parameter;
import weir.model.Shape;
import weir.source.Fix;
import weir.source.Span;
import weir.syntax.Tree.Argument;
import weir.syntax.Tree.Name;

/// Named arguments, as steps, triggers and tests give them, against a signature.
final class Arguments {
    private final Expressions expressions;
    private final Checking checking;

    Arguments(Expressions expressions) {
        this.expressions = expressions;
        this.checking = expressions.checking;
    }

    /// @param call the callee's place, for what is missing
    /// @param end where another argument would be inserted: before the closing parenthesis
    void check(Signature signature, List<Argument> arguments, Span call, int end, Scope scope) {
        Map<String, Name> given = new HashMap<>();
        boolean nameless = false;
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            Name name = argument.name();
            if (name == null) {
                nameless = true;
                nameless(signature, arguments, i, scope);
            } else if (given.putIfAbsent(name.text(), name) != null) {
                expressions.infer(argument.value(), scope);
                checking.report(new CallProblem.DuplicateArgument(checking.at(name.span()), name.text()));
            } else {
                named(signature, name, argument, scope);
            }
        }
        if (!nameless) {
            int last = arguments.isEmpty() ? end : arguments.getLast().span().end();
            missing(signature, given, call, last, arguments.isEmpty());
        }
    }

    private void named(Signature signature, Name name, Argument argument, Scope scope) {
        var parameter = signature.parameters().stream()
                .filter(candidate -> candidate.name().equals(name.text()))
                .findFirst();
        if (parameter.isPresent()) {
            expressions.rely(argument.value(), Calls.wanted(parameter.get()), scope, "`" + name.text() + "`");
            return;
        }
        expressions.infer(argument.value(), scope);
        var names = signature.parameters().stream().map(Parameter::name).toList();
        checking.report(new CallProblem.UnknownArgument(
                checking.at(name.span()),
                signature.name(),
                name.text(),
                checking.nearest(name.text(), names).orElse(null),
                signature.names()));
    }

    private void nameless(Signature signature, List<Argument> arguments, int index, Scope scope) {
        Argument argument = arguments.get(index);
        expressions.infer(argument.value(), scope);
        var parameters = signature.parameters();
        String name = index < parameters.size() ? parameters.get(index).name() : null;
        boolean taken = arguments.stream()
                .anyMatch(other -> other.name() != null && other.name().text().equals(name));
        checking.report(
                new CallProblem.NamelessArgument(checking.at(argument.span()), signature.name(), taken ? null : name));
    }

    private void missing(Signature signature, Map<String, Name> given, Span call, int end, boolean first) {
        for (Parameter parameter : signature.parameters()) {
            if (!parameter.optional() && !given.containsKey(parameter.name())) {
                // A misspelt name was reported as such.
                boolean misspelt = given.keySet().stream()
                        .anyMatch(name -> checking.nearest(
                                                name,
                                                signature.parameters().stream()
                                                        .map(Parameter::name)
                                                        .toList())
                                        .filter(parameter.name()::equals)
                                        .isPresent()
                                && signature.parameters().stream()
                                        .noneMatch(known -> known.name().equals(name)));
                if (!misspelt) {
                    String text = parameter.name() + ": "
                            + new Shape(checking.declarations.types).example(parameter.type(), parameter.name());
                    checking.report(new CallProblem.MissingArgument(
                            checking.at(call),
                            signature.name(),
                            parameter.name(),
                            Shape.display(parameter.type()),
                            Fix.insert("Add " + parameter.name(), end, first && given.isEmpty() ? text : ", " + text)));
                }
            }
        }
    }
}
