package weir.ide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiler;
import weir.source.Source;

/// The documents of an editor: those that are open as it has them, all others as they are stored. A change makes new
/// snapshots of a document and of those that use it, and of no other. Safe to be used by several threads.
public final class Project {
    /// So many stored documents are looked at.
    private static final int MOST = 2_000;
    private static final int MOST_FOUND = 500;

    private final Compiler compiler;
    private final Texts texts;
    private final Set<String> folders = new LinkedHashSet<>();
    private final Map<String, String> open = new LinkedHashMap<>();
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, Document> snapshots = new HashMap<>();
    private final Set<String> untold = new LinkedHashSet<>();
    private final Map<String, List<Document>> nearby = new HashMap<>();

    public Project(Compiler compiler, Texts texts) {
        this.compiler = compiler;
        this.texts = texts;
    }

    /// Adds a folder whose documents belong together.
    public synchronized void addFolder(String uri) {
        folders.add(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    }

    public synchronized void removeFolder(String uri) {
        folders.remove(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    }

    /// The text of a document that is open, from now on.
    public synchronized void put(String name, String text) {
        if (open.put(name, text) == null) {
            nearby.clear();
        }
        changed(name);
    }

    public synchronized void close(String name) {
        open.remove(name);
        nearby.clear();
        changed(name);
        untold.remove(name);
    }

    /// What is stored under these names is, or may be, another text.
    public synchronized void changed(Collection<String> names) {
        nearby.clear();
        names.stream().filter(name -> !open.containsKey(name)).forEach(this::changed);
    }

    private void changed(String name) {
        snapshots.values().removeIf(document -> {
            boolean affected = document.source().name().equals(name) || document.mayUse(name);
            if (affected) {
                untold.add(document.source().name());
            }
            return affected;
        });
        untold.add(name);
        untold.retainAll(open.keySet());
    }

    /// The open documents that have not been given here since they, or what they use, changed.
    public synchronized List<Document> news() {
        var news = untold.stream().map(this::snapshot).toList();
        untold.clear();
        return news;
    }

    /// The text of an open document, null when it is not open.
    public synchronized @Nullable Source text(String name) {
        return open.containsKey(name) ? source(name) : null;
    }

    /// The snapshot of an open document, null when it is not open.
    public synchronized @Nullable Document find(String name) {
        return open.containsKey(name) ? snapshot(name) : null;
    }

    /// The snapshot of a document, open or not.
    synchronized Document snapshotOf(String name) {
        return snapshot(name);
    }

    private Document snapshot(String name) {
        Document known = snapshots.get(name);
        if (known != null) {
            return known;
        }
        Source text = source(name);
        var document =
                Document.of(compiler, text == null ? new Source(name, "") : text, path -> source(beside(name, path)));
        snapshots.put(name, document);
        return document;
    }

    /// The same object for the same text, so that places can be compared; null where there is none.
    private synchronized @Nullable Source source(String name) {
        String text = open.containsKey(name) ? open.get(name) : texts.read(name);
        if (text == null) {
            sources.remove(name);
            return null;
        }
        Source known = sources.get(name);
        if (known == null || !known.text().equals(text)) {
            known = new Source(name, text);
            sources.put(name, known);
        }
        return known;
    }

    /// The documents around one as they were when last looked for: quick, and good enough for suggestions.
    public synchronized List<Document> nearby(Document document) {
        String name = document.source().name();
        String folder = beside(name, "");
        List<Document> known = nearby.get(folder);
        if (known == null) {
            known = around(document);
            nearby.put(folder, known);
        }
        return known.stream()
                .filter(other -> !other.source().name().equals(name))
                .toList();
    }

    /// The documents around one: those in its folder or in the one that was opened with it, itself first.
    public synchronized List<Document> around(Document document) {
        String name = document.source().name();
        var names = new LinkedHashSet<String>();
        names.add(name);
        names.addAll(open.keySet());
        boolean inside = folders.stream().anyMatch(folder -> name.startsWith(folder + "/"));
        names.addAll(inside ? stored() : texts.in(beside(name, "")));
        return documents(names);
    }

    /// All documents: the open ones, and those in the folders.
    public synchronized List<Document> all() {
        var names = new LinkedHashSet<>(open.keySet());
        names.addAll(stored());
        return documents(names);
    }

    private Set<String> stored() {
        var names = new LinkedHashSet<String>();
        folders.forEach(folder -> names.addAll(texts.in(folder)));
        return names;
    }

    private List<Document> documents(Collection<String> names) {
        var documents = new ArrayList<Document>();
        for (String name : names) {
            Source now = documents.size() < MOST ? source(name) : null;
            if (now != null) {
                Document known = snapshots.get(name);
                if (known != null && !(known.source() == now && known.isCurrent(this::source))) {
                    snapshots.remove(name);
                }
                documents.add(snapshot(name));
            }
        }
        return documents;
    }

    /// What the documents declare whose name holds the letters of a query in their order; the best first.
    public List<Found> symbols(String query) {
        var found = new ArrayList<Found>();
        for (Document document : all()) {
            for (Outline outline : document.outline()) {
                found.add(new Found(document.source(), outline, ""));
                outline.inside().forEach(inner -> found.add(new Found(document.source(), inner, outline.label())));
            }
        }
        return found.stream()
                .filter(each -> Found.holds(each.outline().label(), query))
                .sorted(java.util.Comparator.comparing(
                                (Found each) -> !each.outline().label().startsWith(query))
                        .thenComparing(each -> !each.container().isEmpty())
                        .thenComparingInt(each -> each.outline().label().length()))
                .limit(MOST_FOUND)
                .toList();
    }

    /// Something that a document declares.
    ///
    /// @param container the name of what it stands in, empty if it stands alone
    public record Found(Source source, Outline outline, String container) {
        private static boolean holds(String label, String query) {
            int at = 0;
            String there = label.toLowerCase(java.util.Locale.ROOT);
            for (char c : query.toLowerCase(java.util.Locale.ROOT).toCharArray()) {
                at = there.indexOf(c, at) + 1;
                if (at == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The same where other texts stand under these names.
    Project with(Map<String, String> changes) {
        var other = new Project(compiler, texts);
        synchronized (this) {
            other.folders.addAll(folders);
            other.open.putAll(open);
            other.sources.putAll(sources);
        }
        other.open.putAll(changes);
        return other;
    }

    /// The name of a path that is relative to a document.
    static String beside(String name, String path) {
        Deque<String> segments = new ArrayDeque<>(List.of(name.split("/", -1)));
        segments.removeLast();
        for (String step : path.replace(" ", "%20").split("/")) {
            switch (step) {
                case "", "." -> {}
                case ".." -> {
                    if (segments.size() > 1) {
                        segments.removeLast();
                    }
                }
                default -> segments.addLast(step);
            }
        }
        return String.join("/", segments);
    }

    /// The path by which one document can name another; `from` and `to` are names.
    static String path(String from, String to) {
        List<String> start = List.of(from.split("/", -1));
        List<String> end = List.of(to.split("/", -1));
        int same = 0;
        while (same < start.size() - 1
                && same < end.size() - 1
                && start.get(same).equals(end.get(same))) {
            same++;
        }
        return ("../".repeat(start.size() - 1 - same) + String.join("/", end.subList(same, end.size())))
                .replace("%20", " ");
    }
}
