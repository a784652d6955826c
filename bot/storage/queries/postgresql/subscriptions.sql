-- name: due_subscriptions(platform, now, most)
-- Rows that another process has in hand are left to it.
SELECT * FROM subscriptions
WHERE platform = :platform AND state = 'active' AND due_at <= :now
ORDER BY due_at
LIMIT :most
FOR UPDATE SKIP LOCKED;

-- name: hold_channel(channel)$
-- Held to the end of the transaction: two facts of one channel are not chosen at once.
SELECT pg_advisory_xact_lock(hashtextextended(:channel, 19171109));
