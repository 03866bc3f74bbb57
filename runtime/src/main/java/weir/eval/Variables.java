package weir.eval;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which parameters of arrows lie in variables of an emitted method, and not in the [Activation]. Immutable.
record Variables(List<Variable> all) {
    static final Variables NONE = new Variables(List.of());

    /// More than these are not handed from method to method.
    static final int MOST = 60;

    /// @param slot where the closures have it: among the activation's locals, or its numbers
    /// @param index the JVM's number of the variable
    record Variable(int slot, boolean numeric, int index) {
        void load(CodeBuilder code) {
            if (numeric) {
                code.dload(index);
            } else {
                code.aload(index);
            }
        }
    }

    Variables {
        all = List.copyOf(all);
    }

    @Nullable
    Variable find(int slot, boolean numeric) {
        for (var variable : all) {
            if (variable.slot == slot && variable.numeric == numeric) {
                return variable;
            }
        }
        return null;
    }

    Variables plus(Variable variable) {
        var longer = new ArrayList<>(all);
        longer.add(variable);
        return new Variables(longer);
    }

    /// The types they have as parameters of a method.
    List<ClassDesc> types() {
        return all.stream()
                .map(variable -> variable.numeric ? Emitter.DOUBLE : Emitter.VALUE)
                .toList();
    }

    /// The same variables as the parameters of a method, from an index on.
    Variables from(int index) {
        var moved = new ArrayList<Variable>();
        int next = index;
        for (var variable : all) {
            moved.add(new Variable(variable.slot, variable.numeric, next));
            next += variable.numeric ? 2 : 1;
        }
        return new Variables(moved);
    }
}
