-- name: claim_delivery(subscription_id, local_date, due_at, nonce, owner, retry_at, changed_at)^
INSERT INTO deliveries (
    subscription_id, local_date, due_at, state, reason, nonce, owner, tries, unsure, retry_at, changed_at
) VALUES (
    :subscription_id, :local_date, :due_at, 'claimed', '', :nonce, :owner, 1, FALSE, :retry_at, :changed_at
)
ON CONFLICT (subscription_id, local_date) DO NOTHING
RETURNING *;

-- name: skip_day(subscription_id, local_date, due_at, nonce, reason, changed_at)!
INSERT INTO deliveries (
    subscription_id, local_date, due_at, state, reason, nonce, tries, unsure, changed_at
) VALUES (
    :subscription_id, :local_date, :due_at, 'skipped', :reason, :nonce, 0, FALSE, :changed_at
)
ON CONFLICT (subscription_id, local_date) DO NOTHING;

-- name: choose_fact(subscription_id, local_date, owner, tries, fact)!
UPDATE deliveries SET fact = :fact
WHERE subscription_id = :subscription_id AND local_date = :local_date
    AND state = 'claimed' AND owner = :owner AND tries = :tries;

-- name: settle_delivery(subscription_id, local_date, owner, tries, state, reason, message, unsure, retry_at, changed_at)!
-- Only whoever claims it now: one whose lease ran out must not overwrite what its successor found out.
UPDATE deliveries SET
    state = :state,
    reason = :reason,
    message = :message,
    unsure = :unsure,
    retry_at = :retry_at,
    owner = NULL,
    changed_at = :changed_at
WHERE subscription_id = :subscription_id AND local_date = :local_date
    AND state = 'claimed' AND owner = :owner AND tries = :tries;

-- name: skip_retries(subscription_id, reason, changed_at)!
UPDATE deliveries SET state = 'skipped', reason = :reason, retry_at = NULL, changed_at = :changed_at
WHERE subscription_id = :subscription_id AND state = 'failed' AND retry_at IS NOT NULL;

-- name: get_delivery(subscription_id, local_date)^
SELECT * FROM deliveries WHERE subscription_id = :subscription_id AND local_date = :local_date;

-- name: delivery_history(subscription_id, most)
SELECT * FROM deliveries WHERE subscription_id = :subscription_id ORDER BY local_date DESC LIMIT :most;

-- name: last_delivery_date(subscription_id)$
SELECT MAX(local_date) FROM deliveries WHERE subscription_id = :subscription_id;

-- name: next_retry(platform)^
-- No join: SQLite would begin it with all subscriptions there are.
SELECT retry_at FROM deliveries
WHERE retry_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM subscriptions WHERE id = subscription_id AND platform = :platform)
ORDER BY retry_at
LIMIT 1;

-- name: facts_of_day(platform, server, channel, local_date)
SELECT deliveries.fact AS fact
FROM subscriptions
JOIN deliveries ON deliveries.subscription_id = subscriptions.id
WHERE subscriptions.platform = :platform
    AND subscriptions.server = :server
    AND subscriptions.channel = :channel
    AND deliveries.local_date = :local_date
    AND deliveries.fact IS NOT NULL;

-- name: facts_of_channel(platform, server, channel)
-- What is on its way counts as posted.
SELECT deliveries.fact AS fact, COUNT(*) AS times
FROM subscriptions
JOIN deliveries ON deliveries.subscription_id = subscriptions.id
WHERE subscriptions.platform = :platform
    AND subscriptions.server = :server
    AND subscriptions.channel = :channel
    AND deliveries.fact IS NOT NULL
    AND (deliveries.state IN ('sent', 'claimed') OR deliveries.retry_at IS NOT NULL OR deliveries.unsure)
GROUP BY deliveries.fact;
