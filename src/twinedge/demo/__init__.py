"""The simulated plant, its three protocol servers, and its set-up through our own REST API."""
