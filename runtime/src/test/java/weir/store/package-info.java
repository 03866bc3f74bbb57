/// What every store has to keep to, run against memory and the real databases. `Backend` opens them; the classes whose
/// names end in `ContractTest` hold the promises of the interfaces, those in the packages below what is one store's
/// own.
@NullMarked
package weir.store;

import org.jspecify.annotations.NullMarked;
