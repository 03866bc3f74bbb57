package weir.value;

/// Places in a value as people write them: `order.lines[3].price`, `headers["x-id"]`.
public final class Path {
    private Path() {}

    /// @param before the path of the record, empty at the top
    public static String member(String before, String name) {
        if (isName(name)) {
            return before.isEmpty() ? name : before + "." + name;
        }
        return before + "[" + Json.text(new StringValue(name)) + "]";
    }

    /// @param before the path of the list, empty at the top
    public static String item(String before, int index) {
        return before + "[" + index + "]";
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0))) {
            return false;
        }
        return name.chars().allMatch(Character::isJavaIdentifierPart);
    }
}
