"""The alert engine: a pure, deterministic state machine in event time. No I/O, no clock."""
