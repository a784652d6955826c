-- A daily post may open a thread and mention a role; what a change replaced is kept, so that it can be undone.
ALTER TABLE schedules ADD COLUMN thread BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE schedules ADD COLUMN mention TEXT NOT NULL DEFAULT '';
ALTER TABLE schedules ADD COLUMN previous TEXT NOT NULL DEFAULT '';
