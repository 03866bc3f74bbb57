-- sweep: promotes what has become ready, and puts claims back whose deadline is over (their worker died between the claim here
-- and the one in PostgreSQL).
-- ARGV now in ms, how many of each at most
-- Returns how many claims went back, and how many were promoted.
local now, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local promoted = promote(now, limit)
local late = redis.call('ZRANGE', processing, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit, 'WITHSCORES')
for i = 1, #late, 2 do
  local tenant, priority, run = parts(late[i])
  redis.call('ZREM', processing, late[i])
  push(tenant, priority, run, tonumber(late[i + 1]))
end
ring_bell(promoted + #late / 2)
return { #late / 2, promoted }
