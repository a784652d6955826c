-- Whether anything still needs a question that was made from a text, and when that was looked up last.
ALTER TABLE made_questions ADD COLUMN checked_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX made_questions_checked ON made_questions (checked_at);
CREATE INDEX cards_question ON cards (question);
CREATE INDEX round_questions_question ON round_questions (question);
CREATE INDEX attempts_question_pending ON attempts (question) WHERE NOT on_card;
