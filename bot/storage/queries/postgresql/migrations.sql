-- name: lock_migrations()$
-- Held to the end of the transaction. The number is any that nobody else of this database uses.
SELECT pg_advisory_xact_lock(19171108);
