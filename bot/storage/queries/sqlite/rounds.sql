-- name: hold_round(id)^
-- The whole database is held by the transaction.
SELECT * FROM rounds WHERE id = :id;

-- name: claim_rounds(platform, now, until, most)
UPDATE rounds SET leased_at = :until
WHERE id IN (
    SELECT id FROM rounds
    WHERE platform = :platform AND state <> 'over' AND due_at <= :now AND leased_at <= :now
    ORDER BY due_at LIMIT :most
)
RETURNING *;

-- name: claim_unshown(platform, now, before, until, most)
UPDATE rounds SET leased_at = :until, shown_at = :now
WHERE id IN (
    SELECT id FROM rounds
    WHERE platform = :platform AND state IN ('asking', 'paused') AND message <> '' AND shown_at <= :before
        AND leased_at <= :now AND due_at > :now
        AND shown <> (SELECT COUNT(*) FROM round_answers
                      WHERE round_answers.round = rounds.id AND round_answers.number = rounds.number)
    LIMIT :most
)
RETURNING *;
