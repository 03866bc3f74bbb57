/// The queue in Redis: order and waking, nothing else.
///
/// In: runs that are or become ready. Out: runs to claim in PostgreSQL, fairly between organisations. It may lose and
/// repeat anything at any moment: that costs time, never correctness, and while Redis is away everything here fails
/// softly. The scripts stand in files beside, each with its contract; all keys of a shard carry its hash tag.
/// Start reading at `common.lua` and `claim.lua`, then `RedisQueue`.
@NullMarked
package weir.store.redis;

import org.jspecify.annotations.NullMarked;
