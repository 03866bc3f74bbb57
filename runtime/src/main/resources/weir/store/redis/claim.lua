-- claim: takes ready runs, fairly between tenants (stride scheduling: the least virtual time is next and pays for what it
-- gets), within one by rank. They stay in processing until done or until the deadline. Claiming twice is harmless: PostgreSQL
-- decides who owns a run.
-- ARGV now in ms, deadline in ms, how many, how many of one tenant before the next one's turn
-- Returns when the next scheduled job becomes ready ('' when there is none), then the jobs.
local now, deadline, wanted, quantum = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
promote(now, 256)
local jobs = { '' }
while wanted > 0 do
  local head = redis.call('ZRANGE', ring, 0, 0, 'WITHSCORES')
  if #head == 0 then break end
  local tenant, time = head[1], tonumber(head[2])
  local got = redis.call('ZPOPMIN', queues .. tenant, math.min(quantum, wanted))
  for i = 1, #got, 2 do
    local job = tenant .. ' ' .. got[i]
    jobs[#jobs + 1] = job
    redis.call('ZADD', processing, deadline, job)
  end
  wanted = wanted - #got / 2
  redis.call('SET', floor, head[2])
  if redis.call('EXISTS', queues .. tenant) == 1 then
    redis.call('ZADD', ring, time + #got / 2, tenant)
  else
    redis.call('ZREM', ring, tenant)
  end
end
if wanted > 0 then
  -- Nothing is left, so no token means anything any more.
  redis.call('DEL', wake)
end
local first = redis.call('ZRANGE', scheduled, 0, 0, 'WITHSCORES')
if #first > 0 then jobs[1] = first[2] end
return jobs
