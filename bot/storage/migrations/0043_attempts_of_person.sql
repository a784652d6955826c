-- When somebody answered last before a moment, in reviews and rounds alike, is found without all that they answered.
CREATE INDEX attempts_person ON attempts (person, attempted_at);
DROP INDEX attempts_reviewed;
-- Leaderboards read scores since 0011: nothing asks for the answers of a channel any more.
DROP INDEX attempts_channel;
