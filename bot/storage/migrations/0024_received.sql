-- What a platform has sent, so that it counts once when it is sent again, to whichever process.
CREATE TABLE received (
    id TEXT PRIMARY KEY,
    received_at BIGINT NOT NULL
);
CREATE INDEX received_at ON received (received_at);
