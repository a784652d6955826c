-- Servers that removed the bot, and when: what is kept of them is deleted some time later.
CREATE TABLE departures (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    left_at BIGINT NOT NULL,
    PRIMARY KEY (platform, server)
);
CREATE INDEX departures_left ON departures (left_at);

-- How often a channel got each fact, by deliveries that are no longer kept.
CREATE TABLE fact_counts (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    channel TEXT NOT NULL,
    fact TEXT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (platform, server, channel, fact)
);

-- What is old is found without reading the rest.
CREATE INDEX deliveries_settled ON deliveries (changed_at) WHERE open_at IS NULL;
CREATE INDEX rounds_over ON rounds (started_at) WHERE state = 'over';
CREATE INDEX reviews_asked ON reviews (asked_at);
CREATE INDEX question_reports_reported ON question_reports (reported_at);
