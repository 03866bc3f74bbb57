-- common: what every script of a shard begins with.
--
-- KEYS[1] weir:{s}:ring       ZSET tenant -> virtual time: who has had how much; the least is next
-- KEYS[2] weir:{s}:processing ZSET job -> deadline in ms: claims in flight, until PostgreSQL knows the owner
-- KEYS[3] weir:{s}:scheduled  ZSET job -> ms: what becomes ready soon
-- KEYS[4] weir:{s}:floor      STRING virtual time of the last claim
-- KEYS[5] weir:{s}:wake       LIST tokens: a claimer that found nothing waits for one
-- and     weir:{s}:q:<tenant> ZSET "priority run" -> rank in ms: when it became ready, less its priority's head start
-- A job is "tenant priority run". The names of the queues are derived; the hash tag puts them on the node of the declared keys.
-- HEAD_START (priority -> ms) is set by the loader.
local ring, processing, scheduled, floor, wake = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local queues = string.sub(ring, 1, -5) .. 'q:'
local MOST_TOKENS = 8

local function parts(job) return string.match(job, '^(%S+) (%S+) (%S+)$') end

-- push: into the tenant's queue; a run that is there keeps its better rank. A tenant that comes back starts at the floor,
-- without saved-up credit and without debt; one whose place in the ring was lost with half of a script gets it back.
-- Returns how many were really missing: 0 or 1.
local function push(tenant, priority, run, ready)
  local rank = ready - HEAD_START[tonumber(priority)]
  local added = redis.call('ZADD', queues .. tenant, 'LT', rank, priority .. ' ' .. run)
  if not redis.call('ZSCORE', ring, tenant) then
    redis.call('ZADD', ring, tonumber(redis.call('GET', floor) or '0'), tenant)
  end
  return added
end

-- enqueue: as push, but a job whose claim is in flight is left alone.
local function enqueue(job, tenant, priority, run, ready)
  if redis.call('ZSCORE', processing, job) then return 0 end
  return push(tenant, priority, run, ready)
end

-- promote: what has become ready goes from scheduled to its queue, at most so many. Returns how many.
local function promote(now, limit)
  local due = redis.call('ZRANGE', scheduled, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit, 'WITHSCORES')
  for i = 1, #due, 2 do
    local tenant, priority, run = parts(due[i])
    redis.call('ZREM', scheduled, due[i])
    enqueue(due[i], tenant, priority, run, tonumber(due[i + 1]))
  end
  return #due / 2
end

-- ring_bell: wakes claimers, as many as there are jobs, within reason.
local function ring_bell(jobs)
  for _ = redis.call('LLEN', wake) + 1, math.min(jobs, MOST_TOKENS) do redis.call('RPUSH', wake, '1') end
end
