-- Whether the answers of a round that is over were removed already: those that are left are found without the others.
ALTER TABLE rounds ADD COLUMN tidy BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX rounds_untidy ON rounds (started_at) WHERE state = 'over' AND NOT tidy;
