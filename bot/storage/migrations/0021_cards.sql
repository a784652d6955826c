-- What somebody knows of a question, as all their answers to it make it: FSRS's memory of it, and what a review asks.
CREATE TABLE cards (
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    state INTEGER NOT NULL,
    step INTEGER,
    stability DOUBLE PRECISION NOT NULL,
    difficulty DOUBLE PRECISION NOT NULL,
    due_at BIGINT NOT NULL,
    reviewed_at BIGINT NOT NULL,
    in_days BOOLEAN NOT NULL,
    met_at BIGINT NOT NULL,
    met_in_review BOOLEAN NOT NULL,
    missed BOOLEAN NOT NULL,
    PRIMARY KEY (person, question)
);
CREATE INDEX cards_due ON cards (person, due_at);
CREATE INDEX cards_missed ON cards (person, due_at) WHERE missed;
CREATE INDEX cards_met ON cards (person, met_at) WHERE met_in_review;
-- Answers that their card does not have yet: all, of those who answered before there were cards.
ALTER TABLE attempts ADD COLUMN on_card BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX attempts_pending ON attempts (person, question) WHERE NOT on_card;
-- What one person answered in a round is read without the answers of the others.
DROP INDEX attempts_round;
CREATE INDEX attempts_round ON attempts (round, person);
