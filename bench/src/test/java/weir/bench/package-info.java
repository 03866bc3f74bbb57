/// Tests of what measures: a wrong figure is worse than none.
@NullMarked
package weir.bench;

import org.jspecify.annotations.NullMarked;
