"""All SQL of the room: functions that take a Session."""
