-- What the bot notes for itself, such as the fingerprint of the commands it last registered.
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
