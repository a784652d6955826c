"""Quiz questions: curated and made by rule, checked, and their typed answers judged."""
