-- The field's own words: a schedule says when a channel gets its fact, a lease who works on a row and until when.
ALTER TABLE subscriptions RENAME TO schedules;
ALTER TABLE deliveries RENAME COLUMN subscription_id TO schedule_id;
ALTER TABLE rounds RENAME COLUMN leased_at TO lease_ends_at;
DROP INDEX subscriptions_due;
CREATE INDEX schedules_due ON schedules (platform, due_at) WHERE state = 'active';
DROP INDEX subscriptions_broken;
CREATE INDEX schedules_broken ON schedules (platform, id)
WHERE state = 'paused' AND reason IN ('gone', 'forbidden');
-- Whatever asks for rounds under way finds them, and no others; so do who wants to be forgotten, and who missed what.
CREATE INDEX rounds_started ON rounds (platform, server, started_at);
CREATE INDEX rounds_starter ON rounds (starter);
CREATE INDEX rounds_winner ON rounds (winner);
CREATE INDEX question_reports_person ON question_reports (person, reported_at);
CREATE INDEX schedules_set_by ON schedules (set_by);
