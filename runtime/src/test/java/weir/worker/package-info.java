@NullMarked
package weir.worker;

import org.jspecify.annotations.NullMarked;
