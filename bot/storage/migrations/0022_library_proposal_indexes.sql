-- Some stores have these already, by another text of 0010.
CREATE INDEX IF NOT EXISTS library_proposals_made ON library_proposals (made_at);
CREATE INDEX IF NOT EXISTS library_proposals_server ON library_proposals (platform, server);
