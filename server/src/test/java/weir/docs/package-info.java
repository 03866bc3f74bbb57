@NullMarked
package weir.docs;

import org.jspecify.annotations.NullMarked;
