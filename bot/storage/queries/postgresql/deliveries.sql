-- name: take_over_deliveries(platform, now, most, owner, retry_at)
WITH open AS (
    SELECT subscription_id, local_date FROM deliveries
    WHERE retry_at IS NOT NULL AND retry_at <= :now
        AND EXISTS (SELECT 1 FROM subscriptions WHERE id = subscription_id AND platform = :platform)
    ORDER BY retry_at
    LIMIT :most
    FOR UPDATE SKIP LOCKED
)
UPDATE deliveries SET
    state = 'claimed',
    unsure = unsure OR state = 'claimed',
    owner = :owner,
    tries = tries + 1,
    retry_at = :retry_at,
    changed_at = :now
FROM open
WHERE deliveries.subscription_id = open.subscription_id AND deliveries.local_date = open.local_date
RETURNING deliveries.*;
