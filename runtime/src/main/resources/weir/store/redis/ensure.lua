-- ensure: sees to it that runs are queued or scheduled; idempotent, so it is the reconciler's too.
-- ARGV[1] now in ms, then for each run: tenant, priority, run, ready in ms
-- Returns how many were really missing.
local now, missing, ready_now = tonumber(ARGV[1]), 0, 0
for i = 2, #ARGV, 4 do
  local tenant, priority, run, ready = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local job = tenant .. ' ' .. priority .. ' ' .. run
  if ready > now then
    missing = missing + redis.call('ZADD', scheduled, 'LT', ready, job)
    -- Who waits, waits no longer than until the first of these.
    if redis.call('ZRANGE', scheduled, 0, 0)[1] == job then ready_now = ready_now + 1 end
  else
    local added = enqueue(job, tenant, priority, run, ready)
    missing, ready_now = missing + added, ready_now + added
  end
end
ring_bell(ready_now)
return missing
