"""Clock, ids, errors, back-off: no domain words, imports nothing of ours."""
