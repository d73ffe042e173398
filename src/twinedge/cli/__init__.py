"""The `twinedge` command: thin commands over the REST API, and the two that run a server."""
