-- When a workspace installed the bot, so that late news of an earlier removal does not undo it.
ALTER TABLE installations ADD COLUMN installed_at BIGINT NOT NULL DEFAULT 0;

-- States of installations are signed now, and need no memory.
DROP TABLE oauth_states;
