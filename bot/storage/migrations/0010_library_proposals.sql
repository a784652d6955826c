-- Texts that were read and shown, and wait until somebody says that they may be added.
CREATE TABLE library_proposals (
    proposal_id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    content BYTEA NOT NULL
);
