-- name: take_over_deliveries(platform, now, most, owner, retry_at)
UPDATE deliveries SET
    state = 'claimed',
    unsure = unsure OR state = 'claimed',
    owner = :owner,
    tries = tries + 1,
    retry_at = :retry_at,
    changed_at = :now
WHERE (subscription_id, local_date) IN (
    SELECT subscription_id, local_date FROM deliveries
    WHERE retry_at IS NOT NULL AND retry_at <= :now
        AND EXISTS (SELECT 1 FROM subscriptions WHERE id = subscription_id AND platform = :platform)
    ORDER BY retry_at
    LIMIT :most
)
RETURNING *;
