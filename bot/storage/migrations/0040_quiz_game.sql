-- A round knows its topic, whether one person plays it alone, and how many questions in a row nobody answered.
ALTER TABLE rounds ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE rounds ADD COLUMN alone BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE rounds ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
-- By what whoever answered can be told more in private, for some minutes.
ALTER TABLE round_answers ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
-- How the last quiz of a channel was set up, for the next one.
CREATE TABLE round_settings (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    topic TEXT NOT NULL,
    questions INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    mode TEXT NOT NULL,
    PRIMARY KEY (platform, server, channel)
);
