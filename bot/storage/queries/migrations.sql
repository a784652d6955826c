-- name: create_migrations()#
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL
);

-- name: applied_migrations()
SELECT number, name, checksum FROM migrations ORDER BY number;

-- name: record_migration(number, name, checksum)!
INSERT INTO migrations (number, name, checksum) VALUES (:number, :name, :checksum);
