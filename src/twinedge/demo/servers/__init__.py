"""The plant's three protocol servers: each a child process, fed frames through its stdin."""
