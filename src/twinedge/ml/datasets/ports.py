"""What datasets need from others."""

from collections.abc import Awaitable, Callable

UsedBy = Callable[[str], Awaitable[str | None]]
"""Who needs this dataset right now, in words; None when nobody does."""
