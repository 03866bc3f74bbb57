/// The generator against a small server that speaks OpenAI's protocol, over real HTTP.
@NullMarked
package weir.generate;

import org.jspecify.annotations.NullMarked;
