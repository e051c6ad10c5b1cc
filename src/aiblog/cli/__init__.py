"""Words on the command line become requests, results become words. Typer lives here and nowhere else."""
