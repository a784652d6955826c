-- What is due is asked for by platform: a process leaves alone what belongs to a platform that it does not serve.
DROP INDEX subscriptions_due;

CREATE INDEX subscriptions_due ON subscriptions (platform, due_at) WHERE state = 'active';

-- What is paused and may be mended, for whoever looks whether it is.
CREATE INDEX subscriptions_broken ON subscriptions (platform, id)
WHERE state = 'paused' AND reason IN ('gone', 'forbidden');
