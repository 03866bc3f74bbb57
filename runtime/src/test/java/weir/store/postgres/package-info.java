/// What is PostgreSQL's own: broken connections, crashes, rejected rows, and who sees what.
@NullMarked
package weir.store.postgres;

import org.jspecify.annotations.NullMarked;
