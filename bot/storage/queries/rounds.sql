-- name: add_round(id, platform, server, channel, mode, seconds, questions, starter, starter_name, started_at, state, number, due_at, closes_at, message, winner, remaining, skipped, late, stopped, tries, version)!
-- Nothing where a round is running in the channel.
INSERT INTO rounds
    (id, platform, server, channel, mode, seconds, questions, starter, starter_name, started_at, state, number, due_at,
     closes_at, message, winner, remaining, skipped, late, stopped, tries, version, shown, shown_at, leased_at)
VALUES
    (:id, :platform, :server, :channel, :mode, :seconds, :questions, :starter, :starter_name, :started_at, :state, :number,
     :due_at, :closes_at, :message, :winner, :remaining, :skipped, :late, :stopped, :tries, :version, 0, 0, 0)
ON CONFLICT DO NOTHING;

-- name: add_round_question(round, number, question, kind, topics, asked)!
INSERT INTO round_questions (round, number, question, kind, topics, asked)
VALUES (:round, :number, :question, :kind, :topics, :asked);

-- name: get_round(id)^
SELECT * FROM rounds WHERE id = :id;

-- name: running_round(platform, channel)^
SELECT * FROM rounds WHERE platform = :platform AND channel = :channel AND state <> 'over';

-- name: save_round(id, version, state, number, due_at, closes_at, message, winner, remaining, skipped, late, stopped, tries)!
-- Nothing where somebody else has moved it on since it was read.
UPDATE rounds
SET state = :state, number = :number, due_at = :due_at, closes_at = :closes_at, message = :message, winner = :winner,
    remaining = :remaining, skipped = :skipped, late = :late, stopped = :stopped, tries = :tries, version = version + 1,
    shown = CASE WHEN state = 'opening' THEN 0 WHEN 'paused' IN (state, :state) THEN -1 ELSE shown END
WHERE id = :id AND version = :version;

-- name: release_round(id)!
UPDATE rounds SET leased_at = 0 WHERE id = :id;

-- name: note_shown(id, number, shown)!
UPDATE rounds SET shown = :shown, leased_at = 0 WHERE id = :id AND number = :number;

-- name: get_round_question(round, number)$
SELECT asked FROM round_questions WHERE round = :round AND number = :number;

-- name: round_questions(round)
SELECT question, asked FROM round_questions WHERE round = :round ORDER BY number;

-- name: lately_asked(platform, channel, since)
SELECT question FROM round_questions JOIN rounds ON rounds.id = round_questions.round
WHERE platform = :platform AND channel = :channel AND started_at >= :since;

-- name: put_answer(round, number, person, name, is_right, answered_at)!
INSERT INTO round_answers (round, number, person, name, is_right, answered_at)
VALUES (:round, :number, :person, :name, :is_right, :answered_at)
ON CONFLICT (round, number, person) DO UPDATE
SET name = excluded.name, is_right = excluded.is_right, answered_at = excluded.answered_at;

-- name: add_answer(round, number, person, name, is_right, answered_at)!
-- Nothing where the person has answered.
INSERT INTO round_answers (round, number, person, name, is_right, answered_at)
VALUES (:round, :number, :person, :name, :is_right, :answered_at)
ON CONFLICT (round, number, person) DO NOTHING;

-- name: count_answers(round, number)$
SELECT COUNT(*) FROM round_answers WHERE round = :round AND number = :number;

-- name: round_answers(round, number)
SELECT person, name, is_right FROM round_answers WHERE round = :round AND number = :number ORDER BY answered_at, person;

-- name: drop_answers(round, number, right_too)!
DELETE FROM round_answers WHERE round = :round AND number = :number AND (:right_too OR NOT is_right);

-- name: count_round_answers(round, number, right_rating, wrong_rating)!
INSERT INTO attempts
    (person, question, attempted_at, name, kind, topics, is_right, rating, round, platform, server, channel)
SELECT answers.person, asked.question, answers.answered_at, answers.name, asked.kind, asked.topics, answers.is_right,
    CASE WHEN answers.is_right THEN CAST(:right_rating AS INTEGER) ELSE CAST(:wrong_rating AS INTEGER) END,
    rounds.id, rounds.platform, rounds.server, rounds.channel
FROM round_answers AS answers
JOIN round_questions AS asked ON asked.round = answers.round AND asked.number = answers.number
JOIN rounds ON rounds.id = answers.round
WHERE answers.round = :round AND answers.number = :number
ON CONFLICT DO NOTHING;

-- name: round_standings(round)
SELECT person, MAX(name) AS name, COUNT(*) FILTER (WHERE is_right) AS right_ones, COUNT(*) AS answered
FROM attempts WHERE round = :round GROUP BY person;

-- name: round_attempts(round)
SELECT person, question, is_right FROM attempts WHERE round = :round;

-- name: keep_made_question(question, asked)!
INSERT INTO made_questions (question, asked) VALUES (:question, :asked) ON CONFLICT (question) DO NOTHING;
