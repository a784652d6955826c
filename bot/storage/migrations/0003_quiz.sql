-- A round of questions in a channel. What happens next happens at due_at, done by whoever holds the lease.
CREATE TABLE rounds (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    mode TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    questions INTEGER NOT NULL,
    starter TEXT NOT NULL,
    starter_name TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    number INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    message TEXT NOT NULL,
    winner TEXT NOT NULL,
    remaining BIGINT NOT NULL,
    skipped BOOLEAN NOT NULL,
    late BOOLEAN NOT NULL,
    stopped BOOLEAN NOT NULL,
    tries INTEGER NOT NULL,
    version INTEGER NOT NULL,
    shown INTEGER NOT NULL,
    shown_at BIGINT NOT NULL,
    leased_at BIGINT NOT NULL
);
-- One round a channel.
CREATE UNIQUE INDEX rounds_running ON rounds (platform, channel) WHERE state <> 'over';
CREATE INDEX rounds_due ON rounds (platform, due_at) WHERE state <> 'over';

-- The questions of a round, their options in the order in which they are shown.
CREATE TABLE round_questions (
    round TEXT NOT NULL,
    number INTEGER NOT NULL,
    question TEXT NOT NULL,
    kind TEXT NOT NULL,
    topics TEXT NOT NULL,
    asked TEXT NOT NULL,
    PRIMARY KEY (round, number)
);

-- One answer for each person and question: the last before the question closes.
CREATE TABLE round_answers (
    round TEXT NOT NULL,
    number INTEGER NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    is_right BOOLEAN NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (round, number, person)
);
CREATE INDEX round_answers_person ON round_answers (person);

-- What counts: an answer to a question that closed in a round, or in a review (whose round is empty).
CREATE TABLE attempts (
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    attempted_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    topics TEXT NOT NULL,
    is_right BOOLEAN NOT NULL,
    rating INTEGER NOT NULL,
    round TEXT NOT NULL,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (person, question, attempted_at)
);
CREATE INDEX attempts_round ON attempts (round);
CREATE INDEX attempts_server ON attempts (platform, server, attempted_at);
CREATE INDEX attempts_channel ON attempts (platform, channel, attempted_at);

-- Questions that stand in no notes, so that they can come again.
CREATE TABLE made_questions (
    question TEXT PRIMARY KEY,
    asked TEXT NOT NULL
);

-- The question that somebody has before them in a review.
CREATE TABLE reviews (
    person TEXT PRIMARY KEY,
    token TEXT NOT NULL,
    asked TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);

CREATE TABLE learners (
    person TEXT PRIMARY KEY,
    timezone TEXT NOT NULL
);

CREATE TABLE question_reports (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    question TEXT NOT NULL,
    asked TEXT NOT NULL,
    person TEXT NOT NULL,
    words TEXT NOT NULL,
    reported_at BIGINT NOT NULL
);
CREATE INDEX question_reports_server ON question_reports (platform, server, reported_at);
