"""Pages to answers: one file per family of forms."""
