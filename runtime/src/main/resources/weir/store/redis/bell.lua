-- bell: wakes claimers that found nothing in any shard. A token that nobody needs costs one look.
-- KEYS[5] is the bell of the first shard here, which no claim silences: another shard may be why it rings.
-- ARGV how many runs there are
ring_bell(tonumber(ARGV[1]))
return 0
