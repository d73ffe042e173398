"""Use cases: rules, alerts, channels, and the evaluation that joins them."""
