/// The language server: one implementation for editors on a pipe and for the studio on a WebSocket.
///
/// In: JSON-RPC messages as texts ([weir.lsp.LanguageEndpoint]) or as a stream ([weir.lsp.Stdio]). Out: the same. It
/// only translates: the protocol's types and positions to those of `weir.ide` and back. Nothing that a client sends
/// makes it fail: what is no message is answered with an error. Start reading at `WeirLanguageServer`.
@NullMarked
package weir.lsp;

import org.jspecify.annotations.NullMarked;
