-- name: lock_migrations()$
-- A write transaction of SQLite is alone already.
SELECT 1;
