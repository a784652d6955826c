-- name: put_installation(platform, server, token)!
INSERT INTO installations (platform, server, token) VALUES (:platform, :server, :token)
ON CONFLICT (platform, server) DO UPDATE SET token = excluded.token;

-- name: get_installation(platform, server)$
SELECT token FROM installations WHERE platform = :platform AND server = :server;

-- name: remove_installation(platform, server)!
DELETE FROM installations WHERE platform = :platform AND server = :server;

-- name: put_oauth_state(state, expires_at)!
INSERT INTO oauth_states (state, expires_at) VALUES (:state, :expires_at);

-- name: take_oauth_state(state, now)!
DELETE FROM oauth_states WHERE state = :state AND expires_at > :now;

-- name: remove_old_oauth_states(now)!
DELETE FROM oauth_states WHERE expires_at <= :now;
