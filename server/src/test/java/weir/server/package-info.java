/// The server's APIs over real HTTP, on stores in memory.
@NullMarked
package weir.server;

import org.jspecify.annotations.NullMarked;
