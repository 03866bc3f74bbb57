package weir.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;

/// Frames as the journal keeps them: UTF-8 JSON `{"at": milliseconds, "entries": […]}`. The seq stands beside the
/// bytes.
public final class FrameJson {
    private static final int DEPTH = 2_000;

    /// Values were limited when they came in; here only the nesting is, because reading recurses.
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();

    private FrameJson() {}

    public static byte[] bytes(Frame frame) {
        try (var bytes = new ByteArrayBuilder(512)) {
            try (var json = FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                json.writeNumberField("at", frame.at().toEpochMilli());
                json.writeArrayFieldStart("entries");
                for (var entry : frame.entries()) {
                    EntryJson.write(json, entry);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("frame " + frame.seq() + " cannot be written", e);
        }
    }

    /// @throws JournalFormatException when a newer build wrote it
    /// @throws UncheckedIOException when these are no frame's bytes
    public static Frame read(int seq, byte[] bytes) {
        try (var json = FACTORY.createParser(bytes)) {
            var at = Instant.EPOCH;
            var entries = new ArrayList<Entry>();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "at" -> at = Instant.ofEpochMilli(json.getLongValue());
                    case "entries" -> {
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            entries.add(EntryJson.read(json));
                        }
                    }
                    default -> throw new JournalFormatException("the part `" + name + "`");
                }
            }
            return new Frame(seq, at, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("frame " + seq + " cannot be read", e);
        }
    }
}
