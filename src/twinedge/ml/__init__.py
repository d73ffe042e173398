"""Machine learning: from stored telemetry to a model that watches the machine."""
