-- When a message of ours may have been posted without our knowing: there, and nowhere else, it is looked for.
ALTER TABLE deliveries RENAME COLUMN retry_at TO open_at;
ALTER TABLE deliveries ADD COLUMN unsure_from_at BIGINT;
ALTER TABLE deliveries ADD COLUMN unsure_to_at BIGINT;
UPDATE deliveries SET unsure_from_at = due_at, unsure_to_at = changed_at WHERE unsure OR state = 'claimed';
ALTER TABLE deliveries DROP COLUMN unsure;
ALTER TABLE rounds ADD COLUMN unsure_from_at BIGINT;
ALTER TABLE rounds ADD COLUMN unsure_to_at BIGINT;
-- A lease has an owner, so that nobody renews or ends another's.
ALTER TABLE rounds ADD COLUMN lease_owner TEXT;
-- When a paused schedule is looked at next, how often it was, and how many days in a row its channel refused the post.
ALTER TABLE schedules ADD COLUMN check_at BIGINT;
ALTER TABLE schedules ADD COLUMN checks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE schedules ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
UPDATE schedules SET check_at = 0 WHERE state = 'paused' AND reason IN ('gone', 'forbidden');
DROP INDEX schedules_broken;
CREATE INDEX schedules_check ON schedules (platform, check_at) WHERE check_at IS NOT NULL;
-- The next free moment of what has a pace, for all processes together.
CREATE TABLE pace (
    name TEXT PRIMARY KEY,
    free_at BIGINT NOT NULL
);
CREATE INDEX pace_free ON pace (free_at);
-- How everybody did in the rounds of a channel on a day: what was asked while they took part, answered, and right.
CREATE TABLE scores (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    person TEXT NOT NULL,
    day INTEGER NOT NULL, -- since 1970, in UTC
    name TEXT NOT NULL,
    right_ones INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    PRIMARY KEY (platform, channel, person, day)
);
CREATE INDEX scores_server ON scores (platform, server, person, day);
CREATE INDEX scores_person ON scores (person);
-- What was played before is scored by what was answered: what was asked besides is not known any more.
INSERT INTO scores (platform, server, channel, person, day, name, right_ones, answered, asked)
SELECT platform, MAX(server), channel, person, CAST(attempted_at / 86400000000 AS INTEGER), MAX(name),
    SUM(CASE WHEN is_right THEN 1 ELSE 0 END), COUNT(*), COUNT(*)
FROM attempts WHERE round <> ''
GROUP BY platform, channel, person, CAST(attempted_at / 86400000000 AS INTEGER);
