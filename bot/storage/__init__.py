"""What the bot remembers: SQLite in a file by default, PostgreSQL by URL.

A noun (settings, schedules, …) is a module of typed functions, each with its SQL, that take a session or a transaction;
its tables are in `migrations/`. The same SQL serves both databases; locks, which only PostgreSQL needs, are marked.
"""
