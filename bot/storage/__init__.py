"""What the bot remembers: SQLite in a file by default, PostgreSQL by URL.

A noun (settings, subscriptions, …) is a file of named queries in `queries/`, its tables in `migrations/`, and a small
typed module. The same SQL serves both databases; the few statements that differ stand in `queries/sqlite/` and
`queries/postgresql/` under the same name.
"""
