-- What those who manage a server decided: whether look-ups are private, and the channels that the bot is kept to.
CREATE TABLE server_rules (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    private_lookups BOOLEAN NOT NULL,
    channels TEXT NOT NULL,
    PRIMARY KEY (platform, server)
);
