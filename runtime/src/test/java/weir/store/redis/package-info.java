/// What is Redis's own: being away and coming back.
@NullMarked
package weir.store.redis;

import org.jspecify.annotations.NullMarked;
