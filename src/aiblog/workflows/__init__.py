"""One verb per file: a request becomes a plan (a ChangeSet), which is applied and becomes a result."""
