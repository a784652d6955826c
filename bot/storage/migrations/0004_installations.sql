-- Workspaces that installed the bot by themselves, each with the token that it got there.
CREATE TABLE installations (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (platform, server)
);

-- Installations under way: a state is good once, and for some minutes.
CREATE TABLE oauth_states (
    state TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
