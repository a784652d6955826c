-- From the texts of which shelves a question was made: its words go with the last of them.
ALTER TABLE made_questions ADD COLUMN text_id TEXT NOT NULL DEFAULT '';
CREATE INDEX made_questions_text ON made_questions (text_id);
CREATE TABLE made_question_shelves (
    question TEXT NOT NULL REFERENCES made_questions (question) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    PRIMARY KEY (question, platform, server)
);
ALTER TABLE reviews ADD COLUMN question TEXT NOT NULL DEFAULT '';
CREATE INDEX reviews_question ON reviews (question);
CREATE INDEX question_reports_question ON question_reports (question);
-- An id is behind {"id":" and as long as its kind says.
UPDATE reviews SET question = CASE
    WHEN asked LIKE '{"id":"gap-%' THEN substr(asked, 8, 16)
    WHEN asked LIKE '{"id":"who-said-%' THEN substr(asked, 8, 21)
    WHEN asked LIKE '{"id":"misquoted-%' THEN substr(asked, 8, 22)
    ELSE '' END;
-- Those there are: made from the texts that the servers have which asked them, or had.
INSERT INTO made_question_shelves (question, platform, server)
SELECT DISTINCT made_questions.question, texts.platform, texts.server
FROM made_questions
JOIN (
    SELECT round_questions.question, rounds.platform, rounds.server
    FROM round_questions JOIN rounds ON rounds.id = round_questions.round
    UNION SELECT question, platform, server FROM attempts
) AS asked ON asked.question = made_questions.question
JOIN (
    SELECT platform, server, text_id FROM library_texts UNION SELECT platform, server, text_id FROM library_numberings
) AS texts ON texts.platform = asked.platform AND texts.server = asked.server
WHERE made_questions.asked LIKE '%"references":[{"text":"' || texts.text_id || '",%';
INSERT INTO made_question_shelves (question, platform, server)
SELECT DISTINCT made_questions.question, texts.platform, texts.server
FROM made_questions
JOIN (
    SELECT platform, server, text_id FROM library_texts WHERE server = ''
    UNION SELECT platform, server, text_id FROM library_numberings WHERE server = ''
) AS texts ON made_questions.asked LIKE '%"references":[{"text":"' || texts.text_id || '",%'
WHERE NOT EXISTS (SELECT 1 FROM made_question_shelves AS known WHERE known.question = made_questions.question);
UPDATE made_questions SET text_id = (
    SELECT MIN(texts.text_id)
    FROM made_question_shelves AS shelves
    JOIN (
        SELECT platform, server, text_id FROM library_texts
        UNION ALL SELECT platform, server, text_id FROM library_numberings
    ) AS texts ON texts.platform = shelves.platform AND texts.server = shelves.server
    WHERE shelves.question = made_questions.question
        AND made_questions.asked LIKE '%"references":[{"text":"' || texts.text_id || '",%'
)
WHERE question IN (SELECT question FROM made_question_shelves);
-- Of a text that was removed no words are left.
DELETE FROM made_question_shelves WHERE NOT EXISTS (
    SELECT 1 FROM made_questions
    JOIN library_texts ON library_texts.text_id = made_questions.text_id
    WHERE made_questions.question = made_question_shelves.question
        AND library_texts.platform = made_question_shelves.platform
        AND library_texts.server = made_question_shelves.server
);
UPDATE round_questions SET asked = ''
WHERE question IN (SELECT question FROM made_questions WHERE text_id <> '') AND NOT EXISTS (
    SELECT 1 FROM made_question_shelves AS shelves JOIN rounds ON rounds.id = round_questions.round
    WHERE shelves.question = round_questions.question
        AND (shelves.server = '' OR (shelves.platform = rounds.platform AND shelves.server = rounds.server))
);
DELETE FROM question_reports
WHERE question IN (SELECT question FROM made_questions WHERE text_id <> '') AND NOT EXISTS (
    SELECT 1 FROM made_question_shelves AS shelves
    WHERE shelves.question = question_reports.question
        AND (shelves.server = '' OR (shelves.platform = question_reports.platform
                                     AND shelves.server = question_reports.server))
);
DELETE FROM reviews
WHERE question IN (SELECT question FROM made_questions WHERE text_id <> '') AND NOT EXISTS (
    SELECT 1 FROM made_question_shelves AS shelves WHERE shelves.question = reviews.question
);
DELETE FROM made_questions WHERE text_id <> '' AND NOT EXISTS (
    SELECT 1 FROM made_question_shelves AS shelves WHERE shelves.question = made_questions.question
);
-- Last, so that what is above looks a question's shelves up by the question.
CREATE INDEX made_question_shelves_server ON made_question_shelves (platform, server);
