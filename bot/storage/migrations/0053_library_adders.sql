-- Who added a text, and which schedules keep who had set them up before: that goes with a person's data.
ALTER TABLE library_texts ADD COLUMN person TEXT NOT NULL DEFAULT '';
CREATE INDEX library_texts_person ON library_texts (person);
CREATE INDEX schedules_changed ON schedules (platform) WHERE previous <> '';
