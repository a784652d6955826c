-- name: put_subscription(id, platform, server, channel, topic, local_time, zone, days, set_by, set_at, due_at, due_date)^
-- Setting up what is there already changes it, and wakes it if it is paused or removed.
INSERT INTO subscriptions (
    id, platform, server, channel, topic, local_time, zone, days, set_by, set_at, due_at, due_date, state, reason
) VALUES (
    :id, :platform, :server, :channel, :topic, :local_time, :zone, :days, :set_by, :set_at, :due_at, :due_date,
    'active', ''
)
ON CONFLICT (platform, server, channel, topic) DO UPDATE SET
    local_time = excluded.local_time,
    zone = excluded.zone,
    days = excluded.days,
    set_by = excluded.set_by,
    set_at = excluded.set_at,
    due_at = excluded.due_at,
    due_date = excluded.due_date,
    state = excluded.state,
    reason = excluded.reason,
    told_at = NULL
RETURNING *;

-- name: get_subscription(id)^
SELECT * FROM subscriptions WHERE id = :id;

-- name: find_subscription(platform, server, channel, topic)^
SELECT * FROM subscriptions
WHERE platform = :platform AND server = :server AND channel = :channel AND topic = :topic;

-- name: server_subscriptions(platform, server)
SELECT * FROM subscriptions
WHERE platform = :platform AND server = :server AND state <> 'removed'
ORDER BY channel, topic;

-- name: broken_subscriptions(platform, after, most)
SELECT * FROM subscriptions
WHERE platform = :platform AND state = 'paused' AND reason IN ('gone', 'forbidden') AND id > :after
ORDER BY id
LIMIT :most;

-- name: next_due(platform)^
SELECT MIN(due_at) AS due_at FROM subscriptions WHERE platform = :platform AND state = 'active';

-- name: advance_subscription(id, due_at, due_date)!
UPDATE subscriptions SET due_at = :due_at, due_date = :due_date WHERE id = :id;

-- name: pause_subscription(id, reason)!
UPDATE subscriptions SET state = 'paused', reason = :reason WHERE id = :id AND state = 'active';

-- name: resume_subscription(id, due_at, due_date)!
UPDATE subscriptions SET state = 'active', reason = '', told_at = NULL, due_at = :due_at, due_date = :due_date
WHERE id = :id AND state = 'paused';

-- name: mend_subscription(id, due_at, due_date)!
-- Nobody asked for it: who was told of the pause is not told again, should it turn out not to be mended.
UPDATE subscriptions SET state = 'active', reason = '', due_at = :due_at, due_date = :due_date
WHERE id = :id AND state = 'paused' AND reason IN ('gone', 'forbidden');

-- name: remove_subscription(id)!
UPDATE subscriptions SET state = 'removed', reason = '' WHERE id = :id AND state <> 'removed';

-- name: tell_subscription(id, told_at)!
UPDATE subscriptions SET told_at = :told_at WHERE id = :id AND told_at IS NULL;

-- name: untell_subscription(id)!
UPDATE subscriptions SET told_at = NULL WHERE id = :id;
