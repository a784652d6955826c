-- What is left of a text that was removed: the numbers of its passages, with a hash of each sentence and no words, so that
-- a text that is added under its id later takes no number of it for other words.
CREATE TABLE library_numberings (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    text_id TEXT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (platform, server, text_id)
);
