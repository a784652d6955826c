-- name: due_subscriptions(now, most)
-- Rows that another process has in hand are left to it.
SELECT * FROM subscriptions
WHERE state = 'active' AND due_at <= :now
ORDER BY due_at
LIMIT :most
FOR UPDATE SKIP LOCKED;
