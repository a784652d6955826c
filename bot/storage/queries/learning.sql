-- name: add_attempt(person, question, attempted_at, name, kind, topics, is_right, rating, platform, server, channel)!
INSERT INTO attempts
    (person, question, attempted_at, name, kind, topics, is_right, rating, round, platform, server, channel)
VALUES
    (:person, :question, :attempted_at, :name, :kind, :topics, :is_right, :rating, '', :platform, :server, :channel)
ON CONFLICT DO NOTHING;

-- name: rate_attempt(person, question, attempted_at, rating)!
UPDATE attempts SET rating = :rating
WHERE person = :person AND question = :question AND attempted_at = :attempted_at AND is_right;

-- name: attempts_of(person)
SELECT question, attempted_at, kind, topics, is_right, rating, round FROM attempts
WHERE person = :person ORDER BY attempted_at, question;

-- name: server_standings(platform, server, since)
SELECT person, MAX(name) AS name, COUNT(*) FILTER (WHERE is_right) AS right_ones, COUNT(*) AS answered
FROM attempts
WHERE platform = :platform AND server = :server AND attempted_at >= :since AND round <> ''
GROUP BY person;

-- name: channel_standings(platform, channel, since)
SELECT person, MAX(name) AS name, COUNT(*) FILTER (WHERE is_right) AS right_ones, COUNT(*) AS answered
FROM attempts
WHERE platform = :platform AND channel = :channel AND attempted_at >= :since AND round <> ''
GROUP BY person;

-- name: put_review(person, token, asked, asked_at)!
INSERT INTO reviews (person, token, asked, asked_at) VALUES (:person, :token, :asked, :asked_at)
ON CONFLICT (person) DO UPDATE SET token = excluded.token, asked = excluded.asked, asked_at = excluded.asked_at;

-- name: get_review(person)^
SELECT token, asked, asked_at FROM reviews WHERE person = :person;

-- name: end_review(person, token)!
DELETE FROM reviews WHERE person = :person AND token = :token;

-- name: get_made_question(question)$
SELECT asked FROM made_questions WHERE question = :question;

-- name: put_timezone(person, timezone)!
INSERT INTO learners (person, timezone) VALUES (:person, :timezone)
ON CONFLICT (person) DO UPDATE SET timezone = excluded.timezone;

-- name: get_timezone(person)$
SELECT timezone FROM learners WHERE person = :person;

-- name: add_question_report(id, platform, server, channel, question, asked, person, words, reported_at)!
INSERT INTO question_reports (id, platform, server, channel, question, asked, person, words, reported_at)
VALUES (:id, :platform, :server, :channel, :question, :asked, :person, :words, :reported_at);

-- name: count_reports_of(person, since)$
SELECT COUNT(*) FROM question_reports WHERE person = :person AND reported_at >= :since;

-- name: question_reports(platform, server, most)
SELECT id, question, asked, words, reported_at FROM question_reports
WHERE platform = :platform AND server = :server ORDER BY reported_at DESC, id LIMIT :most;

-- name: settle_question_report(id, platform, server)!
DELETE FROM question_reports WHERE id = :id AND platform = :platform AND server = :server;

-- name: forget_attempts(person)!
DELETE FROM attempts WHERE person = :person;

-- name: forget_answers(person)!
DELETE FROM round_answers WHERE person = :person;

-- name: forget_reviews(person)!
DELETE FROM reviews WHERE person = :person;

-- name: forget_learner(person)!
DELETE FROM learners WHERE person = :person;

-- name: forget_reports(person)!
DELETE FROM question_reports WHERE person = :person;

-- name: forget_starter(person)!
UPDATE rounds SET starter = '', starter_name = 'somebody' WHERE starter = :person;

-- name: forget_winner(person)!
UPDATE rounds SET winner = '-' WHERE winner = :person;
