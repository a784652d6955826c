-- name: get_setting(key)$
SELECT value FROM settings WHERE key = :key;

-- name: put_setting(key, value)!
INSERT INTO settings (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
