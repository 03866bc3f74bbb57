package weir.eval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where names live: a list of names whose positions are the slots of a [Frame], and the scope around it.
/// A name declared again hides the older one.
public final class Scope {
    private final @Nullable Scope parent;
    private final List<String> names = new ArrayList<>();
    /// What was found in scopes around this one.
    private final Set<Place> outer = new LinkedHashSet<>();

    public Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    /// Where a name is: so many frames up, at that slot.
    public record Place(int up, int slot) {}

    public int declare(String name) {
        names.add(name);
        return names.size() - 1;
    }

    /// Ends the visibility of the names declared from that slot on; what they hid is found again. Slots stay taken.
    public void hide(int slot) {
        for (int i = slot; i < names.size(); i++) {
            names.set(i, "");
        }
    }

    public @Nullable Place find(String name) {
        int up = 0;
        for (@Nullable Scope scope = this; scope != null; scope = scope.parent) {
            int slot = scope.names.lastIndexOf(name);
            if (slot >= 0) {
                noteOuter(up, slot);
                return new Place(up, slot);
            }
            up++;
        }
        return null;
    }

    private void noteOuter(int up, int slot) {
        @Nullable Scope scope = this;
        for (int above = up; above > 0 && scope != null; above--) {
            scope.outer.add(new Place(above, slot));
            scope = scope.parent;
        }
    }

    /// The places around this scope that were found from it, or from scopes in it, so far.
    public List<Place> outer() {
        return List.copyOf(outer);
    }

    public int size() {
        return names.size();
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    public @Nullable Scope parent() {
        return parent;
    }
}
