-- name: put_library_text(platform, server, text_id, title, edition, words, sentences, added_by, added_at, content)!
INSERT INTO library_texts (platform, server, text_id, title, edition, words, sentences, added_by, added_at, content)
VALUES (:platform, :server, :text_id, :title, :edition, :words, :sentences, :added_by, :added_at, :content)
ON CONFLICT (platform, server, text_id) DO UPDATE SET title = excluded.title, edition = excluded.edition,
    words = excluded.words, sentences = excluded.sentences, added_by = excluded.added_by, added_at = excluded.added_at,
    content = excluded.content;

-- name: remove_library_text(platform, server, text_id)!
DELETE FROM library_texts WHERE platform = :platform AND server = :server AND text_id = :text_id;

-- name: library_shelf(platform, server)
SELECT platform, server, text_id, title, edition, words, sentences, added_by, added_at FROM library_texts
WHERE platform = :platform AND server = :server ORDER BY added_at, text_id;

-- name: get_library_content(platform, server, text_id)$
SELECT content FROM library_texts WHERE platform = :platform AND server = :server AND text_id = :text_id;

-- name: library_unused(platform, server)
SELECT text_id FROM library_unused WHERE platform = :platform AND server = :server ORDER BY text_id;

-- name: put_library_unused(platform, server, text_id)!
INSERT INTO library_unused (platform, server, text_id) VALUES (:platform, :server, :text_id)
ON CONFLICT (platform, server, text_id) DO NOTHING;

-- name: remove_library_unused(platform, server, text_id)!
DELETE FROM library_unused WHERE platform = :platform AND server = :server AND text_id = :text_id;
