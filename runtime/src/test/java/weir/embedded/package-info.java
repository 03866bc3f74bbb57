/// The real servers, started and killed as on a user's machine. Start reading at `EmbeddedTest`; `TestServers` gives
/// one of each to other tests.
@NullMarked
package weir.embedded;

import org.jspecify.annotations.NullMarked;
