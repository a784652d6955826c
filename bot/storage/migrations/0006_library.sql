-- Texts that people added. An empty platform and server is everybody's shelf. `content` is the frozen text.
CREATE TABLE library_texts (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    text_id TEXT NOT NULL,
    title TEXT NOT NULL,
    edition TEXT NOT NULL,
    words BIGINT NOT NULL,
    sentences BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (platform, server, text_id)
);

-- Texts that a server's look-ups leave aside.
CREATE TABLE library_unused (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    text_id TEXT NOT NULL,
    PRIMARY KEY (platform, server, text_id)
);
