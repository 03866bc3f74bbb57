package weir.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The integrations that every Weir has, as `integrations.txt` lists them.
public final class StandardCatalog {
    private static final Catalog CATALOG = new Catalog(CatalogReader.read(text()));

    private StandardCatalog() {}

    public static Catalog catalog() {
        return CATALOG;
    }

    private static String text() {
        try (var in = StandardCatalog.class.getResourceAsStream("integrations.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
