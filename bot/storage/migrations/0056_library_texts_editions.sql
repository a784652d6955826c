-- Whether any shelf has an edition of a text: whose index is nobody's goes.
CREATE INDEX library_texts_edition ON library_texts (text_id, edition);
