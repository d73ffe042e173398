"""Machine learning: datasets, training, models, deployment."""
