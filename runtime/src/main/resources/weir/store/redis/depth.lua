-- depth: how much there is.
-- ARGV now in ms
-- Returns pending, scheduled, processing, and for how many ms the first pending run has been ready.
local now, pending, oldest = tonumber(ARGV[1]), 0, 0
for _, tenant in ipairs(redis.call('ZRANGE', ring, 0, -1)) do
  pending = pending + redis.call('ZCARD', queues .. tenant)
  local first = redis.call('ZRANGE', queues .. tenant, 0, 0, 'WITHSCORES')
  if #first > 0 then
    local priority = tonumber(string.match(first[1], '^%S+'))
    oldest = math.max(oldest, now - (tonumber(first[2]) + HEAD_START[priority]))
  end
end
return { pending, redis.call('ZCARD', scheduled), redis.call('ZCARD', processing), oldest }
