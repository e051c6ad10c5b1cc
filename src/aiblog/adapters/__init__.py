"""The only contact with the outside: disk, git, terminal, editor, linter, hosting service."""
