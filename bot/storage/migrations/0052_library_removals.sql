-- The order in which a shelf's texts were removed: of a server's shelf only the numberings of the last ones are kept.
ALTER TABLE library_numberings ADD COLUMN removal BIGINT NOT NULL DEFAULT 0;
