package weir.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.model.Integration;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.source.Diagnostic;
import weir.source.Location;
import weir.syntax.Expression;
import weir.syntax.Tree;
import weir.syntax.TypeExpression;

/// What the checker knows of a text and the files it uses. Pieces of the tree are asked about by identity.
public final class Checked {
    private final Tree.File file;
    private final boolean alone;
    private final Declarations declarations;
    private final Findings findings;
    private final List<CheckProblem> problems;

    Checked(Tree.File file, boolean alone, Declarations declarations, Findings findings, List<CheckProblem> problems) {
        this.file = file;
        this.alone = alone;
        this.declarations = declarations;
        this.findings = findings;
        this.problems = List.copyOf(problems);
    }

    public Tree.File file() {
        return file;
    }

    /// Whether the file uses no other.
    boolean isAlone() {
        return alone;
    }

    public Declarations declarations() {
        return declarations;
    }

    /// In the order of the text.
    public List<CheckProblem> problems() {
        return problems;
    }

    public List<Diagnostic> diagnostics() {
        return problems.stream().map(CheckProblem::diagnostic).toList();
    }

    /// What an expression gives; `UNKNOWN` for what was not looked at.
    public Type type(Expression expression) {
        return findings.types.getOrDefault(expression, Basic.UNKNOWN);
    }

    public Type type(TypeExpression type) {
        return findings.declaredTypes.getOrDefault(type, Basic.UNKNOWN);
    }

    /// What a name means where it stands, null when it means nothing or was not looked at.
    public @Nullable Symbol symbol(Object piece) {
        return findings.symbols.get(piece);
    }

    /// What a step's call reaches.
    public Callee callee(Object call) {
        return findings.callees.getOrDefault(call, new Callee.Unknown());
    }

    /// What a workflow returns, as it says or as its body does.
    public Type result(String workflow) {
        var ending = findings.endings.get(workflow);
        return ending == null ? Basic.NULL : ending.result();
    }

    /// The integration that a file calls by this name, null when there is none.
    public @Nullable Integration integration(String name) {
        return declarations.integration(name);
    }

    /// What the value of a `let` or a step's target has to be checked against when the run gets there.
    public @Nullable Type runTimeCheck(Object piece) {
        return findings.runTimeCheck(piece);
    }

    /// What the value of an expression has to fit when the run gets there, because somebody relies on it.
    public @Nullable Relied relied(Expression expression) {
        return findings.relied.get(expression);
    }

    /// Whether a function that is given by its name is called with what only the run can see.
    public boolean isOpenReference(Expression name) {
        return findings.openReferences.contains(name);
    }

    /// Whether reading it may give null or undefined.
    public boolean mayBeMissing(Type type) {
        return new Types(declarations.types).mayBeMissing(type);
    }

    /// Whether it is a record once null and undefined are taken away.
    public boolean isRecord(Type type) {
        var types = new Types(declarations.types);
        return types.recordOf(types.withoutMissing(type)) != null;
    }

    /// Whether a table's cell is a condition over the inputs.
    public boolean isCondition(Expression cell) {
        return RuleSets.isCondition(cell, type(cell), new Types(declarations.types));
    }

    /// The type of a table's input column.
    public Type columnType(Declarations.Rules rules, Tree.Path path) {
        var checking = new Checking(declarations, findings, Availability.EVERYTHING, rules.source());
        return new Columns(checking, rules.signature().parameters()).type(path);
    }

    /// Where the names of the files stand and what they mean.
    public Map<Object, Symbol> symbols() {
        return findings.symbols;
    }

    /// Where a piece stands that means a symbol.
    public @Nullable Location place(Object piece) {
        return findings.places.get(piece);
    }

    Findings findings() {
        return findings;
    }
}
