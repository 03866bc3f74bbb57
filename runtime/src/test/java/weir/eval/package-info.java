@NullMarked
package weir.eval;

import org.jspecify.annotations.NullMarked;
