package weir.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.model.Catalog;
import weir.model.Integration;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Source;
import weir.syntax.Declaration;

/// What the files of a compilation declare, by name. Filled by [Collector], then only read. Files that are used are
/// merged: their names must differ.
public final class Declarations {
    final Map<String, Type> types = new LinkedHashMap<>();
    final Map<String, Symbol> typeSymbols = new LinkedHashMap<>();
    final Map<String, Constant> constants = new LinkedHashMap<>();
    final Map<String, Function> functions = new LinkedHashMap<>();
    final Map<String, Rules> rules = new LinkedHashMap<>();
    final Map<String, Policy> policies = new LinkedHashMap<>();
    final Map<String, Workflow> workflows = new LinkedHashMap<>();
    final Map<String, Setting> settings = new LinkedHashMap<>();
    final Map<String, Used> integrations = new LinkedHashMap<>();
    final Map<String, Block> blocks = new LinkedHashMap<>();
    private final Catalog catalog;
    private @Nullable Symbol settingsSymbol;

    Declarations(Catalog catalog) {
        this.catalog = catalog;
    }

    /// @param source the file that it stands in
    public record Function(Source source, Declaration.Function tree, Signature signature, Symbol symbol) {}

    /// @param row the type of one row's value
    /// @param signature with the type that a call gives: a list of `all`, perhaps null where no row has to match
    public record Rules(Source source, Declaration.Rules tree, Type row, Signature signature, Symbol symbol) {}

    public record Constant(Source source, Declaration.Constant tree) {}

    public record Policy(Source source, Declaration.PolicyDeclaration tree, Symbol symbol) {}

    /// @param declared the result type that is written, or null
    public record Workflow(
            Source source,
            Declaration.Workflow tree,
            List<Parameter> parameters,
            @Nullable Type declared,
            Symbol symbol) {}

    public record Setting(Source source, Declaration.Setting tree, Type type) {}

    /// An integration under the name that the file calls it by.
    ///
    /// @param known whether it was found; otherwise that was reported, and nothing about its actions is
    public record Used(Integration integration, boolean known, Symbol symbol) {}

    /// An `integration` block.
    public record Block(Source source, Declaration.Integration tree, Integration integration) {}

    boolean isUnknown(String name) {
        Used used = integrations.get(name);
        return used != null && !used.known();
    }

    /// The integration that a name means: one that the file uses or declares, else the newest of the catalog.
    @Nullable
    Integration integration(String name) {
        Used used = integrations.get(name);
        return used == null ? catalog.find(name).orElse(null) : used.integration();
    }

    Catalog catalog() {
        return catalog;
    }

    /// What `settings` is: a record of all settings.
    Type settingsType() {
        return new Type.RecordOf(settings.values().stream()
                .map(setting -> new Type.Field(
                        setting.tree().name().text(),
                        setting.type(),
                        setting.tree().optional() && setting.tree().standard() == null,
                        setting.tree().doc()))
                .toList());
    }

    @Nullable
    Symbol settingsSymbol() {
        return settingsSymbol;
    }

    void setSettingsSymbol(Symbol symbol) {
        settingsSymbol = symbol;
    }

    public Map<String, Type> types() {
        return types;
    }

    public Map<String, Constant> constants() {
        return constants;
    }

    public Map<String, Function> functions() {
        return functions;
    }

    public Map<String, Rules> rules() {
        return rules;
    }

    public Map<String, Policy> policies() {
        return policies;
    }

    public Map<String, Workflow> workflows() {
        return workflows;
    }

    public Map<String, Block> blocks() {
        return blocks;
    }

    public Map<String, Setting> settings() {
        return settings;
    }
}
