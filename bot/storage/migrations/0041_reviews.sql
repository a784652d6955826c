-- A review that somebody is in: since when, on which topic, and how many questions it had at its beginning.
CREATE TABLE review_sessions (
    person TEXT PRIMARY KEY,
    started_at BIGINT NOT NULL,
    topic TEXT NOT NULL,
    planned INTEGER NOT NULL
);
CREATE INDEX review_sessions_started ON review_sessions (started_at);
-- What somebody answered in a review is counted without all that they ever answered.
CREATE INDEX attempts_reviewed ON attempts (person, attempted_at) WHERE round = '';
-- Who wants to hear in a direct message when reviews are due, once a day at most, and at what time of their day.
CREATE TABLE reminders (
    person TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    local_time TEXT NOT NULL,
    zone TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    is_closed BOOLEAN NOT NULL
);
CREATE INDEX reminders_due ON reminders (platform, due_at) WHERE NOT is_closed;
