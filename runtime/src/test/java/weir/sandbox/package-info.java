@NullMarked
package weir.sandbox;

import org.jspecify.annotations.NullMarked;
