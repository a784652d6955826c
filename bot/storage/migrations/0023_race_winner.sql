-- When the winner of a race pressed: who pressed before, and was longer on the way, wins in their place.
ALTER TABLE rounds ADD COLUMN won_at BIGINT;
