@NullMarked
package weir.value;

import org.jspecify.annotations.NullMarked;
