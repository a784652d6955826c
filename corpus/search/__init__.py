"""Full-text search: building the index, reading queries, ranking and grading what is found."""
