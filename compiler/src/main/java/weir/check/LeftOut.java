package weir.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.model.Inherited;
import weir.source.Fix;
import weir.syntax.Expression;
import weir.syntax.Expression.Element;

/// What JavaScript has and Weir leaves out of its expressions: methods that change their value, iterators, forms for
/// one country. Each with what to do instead and, where it can be done at once, with the text that does it.
///
/// @param instead what to do in its place, a sentence
/// @param forms texts for a call in its place: `{self}` is what it is called on, `{all}` its arguments, `{first}` the
///     only one
record LeftOut(String instead, List<String> forms) {
    private static final Map<String, LeftOut> METHODS = table("""
            sort | Lists never change: `toSorted` gives a sorted one. | {self}.toSorted({all})
            reverse | Lists never change: `toReversed` gives a reversed one. | {self}.toReversed()
            splice | Lists never change: `toSpliced` gives a changed one. | {self}.toSpliced({all})
            push | Lists never change: write `[...list, item]`. | [...{self}, {all}]
            unshift | Lists never change: write `[item, ...list]`. | [{all}, ...{self}]
            pop | Lists never change: `list.at(-1)` is the last item, `list.slice(0, -1)` the list without it. \
                | {self}.at(-1) | {self}.slice(0, -1)
            shift | Lists never change: `list.at(0)` is the first item, `list.slice(1)` the list without it. \
                | {self}.at(0) | {self}.slice(1)
            fill | Lists never change: `map` gives a list of the same length. | {self}.map(() => {first})
            copyWithin | Lists never change: join parts with `[...list.slice(0, 2), ...other]`.
            forEach | Use `map` for values, or a `for` statement for steps.
            keys | Iterators are left out: `map` sees the indexes. | {self}.map((_, index) => index)
            values | Iterators are left out: the list itself holds the values. | {self}
            entries | Iterators are left out: `map` sees the indexes. | {self}.map((item, index) => [index, item])
            matchAll | `match` finds the first match; all are found by a function with a js fence.
            toLocaleString | `format.number`, `format.money` and `time.format` write for people.
            toLocaleUpperCase | `toUpperCase` is the same in every country. | {self}.toUpperCase()
            toLocaleLowerCase | `toLowerCase` is the same in every country. | {self}.toLowerCase()
            substr | It takes a length; `slice` and `substring` take an end.
            trimLeft | It is an old name of `trimStart`. | {self}.trimStart()
            trimRight | It is an old name of `trimEnd`. | {self}.trimEnd()
            valueOf | A value is its own value. | {self}
            toString | `JSON.stringify` writes a record. | JSON.stringify({self})
            hasOwnProperty | `Object.hasOwn` looks for a field. | Object.hasOwn({self}, {first})
            propertyIsEnumerable | `Object.hasOwn` looks for a field. | Object.hasOwn({self}, {first})
            isPrototypeOf | Records have no prototypes.
            anchor big blink bold fixed fontcolor fontsize italics link small strike sub sup \
                | Write the HTML in a template.
            test | `matches(text, "pattern")` says whether a text contains a pattern.
            then | Steps have their results when the next statement begins; nothing has to be awaited.
            """);

    private static final Map<String, LeftOut> FUNCTIONS = table("""
            Date.now | `now()` is the time of the run, recorded.
            Math.random | `random()` is recorded, so a resumed run sees the same number. | random()
            Object.assign | Write `{ ...a, ...b }`: records never change. | ({ ...{each} })
            Object.freeze Object.seal Object.preventExtensions | Values never change by themselves. | {first}
            Object.isFrozen Object.isSealed | Values never change: it is always true. | true
            Object.isExtensible | Values never change: it is always false. | false
            Object.create | Records have no prototypes: write `{ … }`.
            Object.getPrototypeOf Object.setPrototypeOf | Records have no prototypes.
            Object.defineProperty Object.defineProperties | Write `{ ...record, name: value }`: records never change.
            Object.getOwnPropertyNames | `Object.keys` has the names of all fields. | Object.keys({first})
            Object.getOwnPropertyDescriptor | A field is its value: write `record[name]`.
            Object.getOwnPropertyDescriptors | A field is its value: write the record itself. | {first}
            Object.getOwnPropertySymbols | Names of fields are texts: it is always empty. | []
            Array.fromAsync | Nothing has to be awaited. | Array.from({all})
            String.raw | A backslash in a template is written twice.
            JSON.rawJSON | Numbers are doubles: longer ones travel as texts.
            JSON.isRawJSON | There is no such JSON: it is always false. | false
            """);

    private static final Map<String, LeftOut> NAMES = table("""
            console | Write `log …` as a statement of its own.
            fetch | Call it as a step: `step page = http.get(url: …)`.
            process env globalThis | Declare what the environment gives in `settings { … }`.
            require | Write `use "file.weir"` at the top of the file.
            setTimeout setInterval | Write `wait 5s` as a statement of its own.
            Promise | Run steps side by side with `parallel { … }` or `for … at most 8 at once`.
            crypto | `uuid()` gives a random id, `hash.sha256(…)` a hash.
            Intl | `format.number`, `format.money` and `time.format` write for people.
            RegExp | `matches(text, "pattern")` looks for a pattern.
            Symbol | Use a text.
            BigInt | Use a number.
            Map WeakMap | Use a record: `{ [name]: value }`.
            Set WeakSet | Use a list; `Object.groupBy` finds what is the same.
            Error EvalError RangeError ReferenceError SyntaxError TypeError URIError \
                | `fail "what is wrong"` as a statement ends a run or a block.
            ArrayBuffer DataView Float32Array Float64Array Int16Array Int32Array Int8Array Uint16Array Uint32Array \
                Uint8Array Uint8ClampedArray | Use a list of numbers.
            Reflect Proxy | `Object.keys` and `Object.hasOwn` look at records.
            btoa | `base64.encode` writes Base64.
            atob | `base64.decode` reads Base64.
            URL URLSearchParams | `url.encode`, `url.decode` and `url.query` write and read the parts of URLs.
            eval Function | Expressions are checked before they run: write it as one.
            escape | `encodeURIComponent` escapes what a URL needs.
            unescape | `decodeURIComponent` reads what a URL escapes.
            """);

    /// Lines of names, a sentence and forms.
    private static Map<String, LeftOut> table(String text) {
        var table = new HashMap<String, LeftOut>();
        for (String line : text.lines().toList()) {
            var cells = Arrays.stream(line.split(" *\\| *")).toList();
            var leftOut = new LeftOut(cells.get(1), List.copyOf(cells.subList(2, cells.size())));
            for (String name : cells.getFirst().split(" ")) {
                table.put(name, leftOut);
            }
        }
        return Map.copyOf(table);
    }

    /// Whether JavaScript has a method of that name on such a value.
    private static boolean has(String kind, String name) {
        return switch (kind) {
            case "list" -> Inherited.OF_LISTS.contains(name) || name.equals("then");
            case "string" -> Inherited.OF_TEXTS.contains(name) || name.equals("test");
            case "number" -> Inherited.OF_NUMBERS.contains(name);
            case "" -> true;
            default -> false;
        };
    }

    /// The method of that name, or null when values of the kind have none in JavaScript, or Weir has it.
    ///
    /// @param kind as [Types#kind] says it, `list` for lists, empty for what may be anything
    static @Nullable LeftOut method(String kind, String name) {
        return has(kind, name) || Inherited.OF_ALL.contains(name) ? METHODS.get(name) : null;
    }

    /// The global name, or null.
    static @Nullable LeftOut name(String name) {
        return NAMES.get(name);
    }

    /// The function of that full name (`Object.assign`), or null.
    static @Nullable LeftOut function(String name) {
        return FUNCTIONS.get(name);
    }

    /// The corrections of a call; empty where it depends on something that the text does not say.
    ///
    /// @param self what it is called on, null for functions
    List<Fix> fixes(Expression.Call call, @Nullable Expression self, Checking checking) {
        var fixes = new ArrayList<Fix>();
        for (String form : forms) {
            String text = filled(form, call, self, checking);
            if (text != null) {
                fixes.add(Fix.replace("Write " + shortened(text), call.span(), text));
            }
        }
        return fixes;
    }

    private static @Nullable String filled(
            String form, Expression.Call call, @Nullable Expression self, Checking checking) {
        var arguments = call.arguments();
        boolean fits = (!form.contains("{first}")
                        || (arguments.size() == 1 && !arguments.getFirst().spread()))
                && (!form.contains("{each}")
                        || (!arguments.isEmpty() && arguments.stream().noneMatch(Element::spread)))
                && (!form.contains("...") || !arguments.isEmpty());
        if (!fits || call.optional()) {
            return null;
        }
        String text = form.replace("{self}", self == null ? "" : checking.text(self.span()))
                .replace("{all}", all(arguments, ", ", checking))
                .replace("{each}", all(arguments, ", ...", checking))
                .replace("...{}, ", "");
        return arguments.isEmpty()
                ? text
                : text.replace(
                        "{first}", checking.text(arguments.getFirst().value().span()));
    }

    private static String all(List<Element> arguments, String between, Checking checking) {
        return String.join(
                between,
                arguments.stream()
                        .map(argument -> (argument.spread() ? "..." : "")
                                + checking.text(argument.value().span()))
                        .toList());
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
