"""The data plane: Batch, ingest, query, latest values, live stream."""
