-- name: due_subscriptions(now, most)
-- Within a write transaction nobody else can read the same to act on it.
SELECT * FROM subscriptions
WHERE state = 'active' AND due_at <= :now
ORDER BY due_at
LIMIT :most;
