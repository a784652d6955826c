-- name: hold_round(id)^
-- Nobody else moves it on, or answers in it, until the transaction ends.
SELECT * FROM rounds WHERE id = :id FOR UPDATE;

-- name: claim_rounds(platform, now, until, most)
UPDATE rounds SET leased_at = :until
WHERE id IN (
    SELECT id FROM rounds
    WHERE platform = :platform AND state <> 'over' AND due_at <= :now AND leased_at <= :now
    ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED
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
    LIMIT :most FOR UPDATE SKIP LOCKED
)
RETURNING *;
