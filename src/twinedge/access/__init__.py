"""API keys, browser sessions and what each may do."""
