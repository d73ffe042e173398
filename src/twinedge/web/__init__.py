"""The web floor: envelope, errors, paging, strictness, limits; knows no room."""
