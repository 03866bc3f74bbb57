/// From plain words to a text: a language model writes, the compiler judges, and what it finds goes back until it is
/// right.
///
/// In: a request in a person's words, perhaps a text to change, the catalog of actions. Out: a proposed text with its
/// diagnostics and an explanation; nothing is ever saved, deployed or run here. Must hold: the request is data for the
/// model, set apart from the instructions; the API key leaves this process only for the model's server; every wait has
/// an end; the model's library is loaded only when a model is asked. Start reading at `Generator`.
@NullMarked
package weir.generate;

import org.jspecify.annotations.NullMarked;
