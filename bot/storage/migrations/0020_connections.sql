-- Which process serves a connection to a platform. The owner counts its beats; another process that sees none for a
-- while by its own clock takes the row over, so that clocks of several hosts need not agree.
CREATE TABLE connections (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    beats BIGINT NOT NULL
);
