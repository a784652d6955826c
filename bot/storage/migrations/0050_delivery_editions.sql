-- Which passages a daily fact quoted, and of which editions: a text that is replaced later changes no old post.
ALTER TABLE deliveries ADD COLUMN quoted TEXT NOT NULL DEFAULT '';
