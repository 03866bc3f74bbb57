package weir.model;

import java.util.List;

/// What a named connection to an integration may hold.
///
/// @param kind `bearer`, `basic`, `header`, or a word of the integration (`postgres`)
/// @param fields by name; those of type `secret` are never shown again
public record Connection(String kind, List<Parameter> fields, String doc) {
    public static final Connection BEARER =
            new Connection("bearer", SignatureReader.parameters("token: secret"), "A token.");
    public static final Connection BASIC = new Connection(
            "basic", SignatureReader.parameters("user: string, password: secret"), "A user's name and password.");
    public static final Connection HEADER =
            new Connection("header", SignatureReader.parameters("name: string, value: secret"), "A header of its own.");
    /// For a service that says which header it is.
    public static final Connection HEADER_VALUE =
            new Connection("header", SignatureReader.parameters("value: secret"), "What the service's header holds.");

    public Connection {
        fields = List.copyOf(fields);
    }
}
