"""Training jobs, each in a child process."""
