package weir.engine;

/// Paths of a run: ids of nodes with the items of the loops around them (`for_line[3]/hold`).
final class Paths {
    private Paths() {}

    static String item(String loop, int index) {
        return loop + "[" + index + "]";
    }

    /// @param last the number of its last item
    static String segment(String loop, int first, int last) {
        return loop + "[" + first + ".." + last + "]";
    }

    /// The undo of the step at a path; no node of a graph has such an id.
    static String undo(String step) {
        return step + "/undo";
    }

    /// The step that is undone at a path, if an undo stands there.
    static String undone(String undo) {
        return undo.endsWith("/undo") ? undo.substring(0, undo.length() - "/undo".length()) : "";
    }

    /// The id of the node at a path: the path without items.
    static String id(String path) {
        if (path.indexOf('[') < 0) {
            return path;
        }
        var id = new StringBuilder(path.length());
        boolean inside = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '[') {
                inside = true;
            } else if (c == ']') {
                inside = false;
            } else if (!inside) {
                id.append(c);
            }
        }
        return id.toString();
    }
}
