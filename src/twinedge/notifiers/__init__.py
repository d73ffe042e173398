"""Ways to reach people; each file implements one kind of channel."""
