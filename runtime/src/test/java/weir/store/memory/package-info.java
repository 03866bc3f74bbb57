/// Stores in memory that lack a protection, for those who look whether its lack is noticed.
@org.jspecify.annotations.NullMarked
package weir.store.memory;
