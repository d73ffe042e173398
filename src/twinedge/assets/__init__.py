"""Assets and their tags: the series register."""
