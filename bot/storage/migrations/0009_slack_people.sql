-- Where the bot serves several workspaces of Slack, a person's id is unique with the workspace's alone.
UPDATE round_answers SET person = (
    SELECT 'slack:' || rounds.server || '-' || substr(round_answers.person, 7) FROM rounds
    WHERE rounds.id = round_answers.round
)
WHERE round IN (
    SELECT rounds.id FROM rounds
    INNER JOIN installations ON installations.platform = rounds.platform AND installations.server = rounds.server
    WHERE rounds.platform = 'slack'
);

UPDATE rounds SET
    starter = CASE WHEN starter = '' THEN '' ELSE 'slack:' || server || '-' || substr(starter, 7) END,
    winner = CASE WHEN winner = '' THEN '' ELSE 'slack:' || server || '-' || substr(winner, 7) END
WHERE platform = 'slack' AND server IN (SELECT installations.server FROM installations WHERE platform = 'slack');

-- Who has answered in one workspace alone keeps the time zone and the open review.
UPDATE learners SET person = (
    SELECT min('slack:' || attempts.server || '-' || substr(attempts.person, 7)) FROM attempts
    WHERE attempts.person = learners.person
)
WHERE 1 = (
    SELECT count(DISTINCT attempts.server) FROM attempts
    INNER JOIN installations ON installations.platform = attempts.platform AND installations.server = attempts.server
    WHERE attempts.platform = 'slack' AND attempts.person = learners.person
);

UPDATE reviews SET person = (
    SELECT min('slack:' || attempts.server || '-' || substr(attempts.person, 7)) FROM attempts
    WHERE attempts.person = reviews.person
)
WHERE 1 = (
    SELECT count(DISTINCT attempts.server) FROM attempts
    INNER JOIN installations ON installations.platform = attempts.platform AND installations.server = attempts.server
    WHERE attempts.platform = 'slack' AND attempts.person = reviews.person
);

UPDATE attempts SET person = 'slack:' || server || '-' || substr(person, 7)
WHERE platform = 'slack' AND server IN (SELECT installations.server FROM installations WHERE platform = 'slack');

UPDATE question_reports SET person = 'slack:' || server || '-' || substr(person, 7)
WHERE platform = 'slack' AND server IN (SELECT installations.server FROM installations WHERE platform = 'slack');

UPDATE schedules SET set_by = server || '-' || set_by
WHERE platform = 'slack' AND server IN (SELECT installations.server FROM installations WHERE platform = 'slack');
