-- Quizzes that come by themselves: a round (kind "quiz") or one question with its answer later that day ("question").
CREATE TABLE quiz_schedules (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    questions INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    mode TEXT NOT NULL,
    local_time TEXT NOT NULL,
    answer_time TEXT NOT NULL,
    zone TEXT NOT NULL,
    days TEXT NOT NULL,
    set_by TEXT NOT NULL,
    setter_name TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    due_date TEXT NOT NULL,
    lease_ends_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    alone BOOLEAN NOT NULL,
    UNIQUE (platform, server, channel, kind)
);
CREATE INDEX quiz_schedules_due ON quiz_schedules (platform, due_at) WHERE state = 'active';
CREATE INDEX quiz_schedules_setter ON quiz_schedules (set_by, platform);
-- A round that a schedule began; one that is a question of the day runs beside others.
ALTER TABLE rounds ADD COLUMN schedule TEXT NOT NULL DEFAULT '';
ALTER TABLE rounds ADD COLUMN daily BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX rounds_running;
CREATE UNIQUE INDEX rounds_running ON rounds (platform, channel) WHERE state <> 'over' AND NOT daily;
