-- name: due_subscriptions(platform, now, most)
-- Within a write transaction nobody else can read the same to act on it.
SELECT * FROM subscriptions
WHERE platform = :platform AND state = 'active' AND due_at <= :now
ORDER BY due_at
LIMIT :most;

-- name: hold_channel(channel)$
-- A write transaction of SQLite is alone already.
SELECT :channel;
