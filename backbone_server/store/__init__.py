"""The central store: tables, engine and schema, on SQLite or PostgreSQL."""
