-- Who gets a daily fact where and when, and the ledger of what became of each day's.
CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    topic TEXT NOT NULL, -- empty: facts of every topic
    local_time TEXT NOT NULL, -- 09:00
    zone TEXT NOT NULL, -- Europe/Berlin
    days TEXT NOT NULL, -- ISO weekdays, 12345
    set_by TEXT NOT NULL, -- the person to tell when it cannot go on
    set_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    due_date TEXT NOT NULL, -- the local date whose turn due_at is
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'removed')),
    reason TEXT NOT NULL, -- why it is paused
    told_at BIGINT, -- when that person was told of it
    -- A removed subscription keeps its row, so that setting it up again on the same day does not post a second time.
    UNIQUE (platform, server, channel, topic)
);

CREATE INDEX subscriptions_due ON subscriptions (due_at) WHERE state = 'active';

CREATE TABLE deliveries (
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    local_date TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'sent', 'skipped', 'failed')),
    reason TEXT NOT NULL, -- why it was skipped or failed
    nonce TEXT NOT NULL, -- the same for every try, so that a platform can tell a repeat
    fact TEXT, -- chosen once: every try posts the same
    message TEXT, -- its id on the platform
    owner TEXT, -- the process that claims it
    tries INTEGER NOT NULL,
    unsure BOOLEAN NOT NULL, -- an earlier try may have reached the channel
    retry_at BIGINT, -- when it may be taken up: the end of a claim's lease, or the next try; none once it is settled
    changed_at BIGINT NOT NULL,
    -- The key is the lock: a local day has one delivery, whoever tries and how often.
    PRIMARY KEY (subscription_id, local_date)
);

CREATE INDEX deliveries_open ON deliveries (retry_at) WHERE retry_at IS NOT NULL;
