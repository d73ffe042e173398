"""What can be learned and how: described algorithms, fitting, and scoring what was fitted."""
