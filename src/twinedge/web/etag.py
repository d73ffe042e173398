"""ETags from version numbers; `If-Match` against lost updates."""

from typing import Annotated

from fastapi import Depends, Header, Response

from twinedge.kit.errors import PreconditionFailed


def set_etag(response: Response, version: int) -> None:
    """Put the item's version into the answer's ETag."""
    response.headers["ETag"] = f'"{version}"'


class IfMatch:
    """The request's `If-Match`; a service calls `check` inside its transaction."""

    def __init__(self, if_match: Annotated[str | None, Header()] = None) -> None:
        self.tags = None if if_match is None else [t.strip() for t in if_match.split(",")]

    def check(self, version: int) -> None:
        """Raise PreconditionFailed unless the header is absent, `*`, or names this version."""
        if self.tags is None or "*" in self.tags:
            return
        if not any(tag.removeprefix("W/").strip('"') == str(version) for tag in self.tags):
            raise PreconditionFailed(
                f"the stored version is {version}, your change was made on {', '.join(self.tags)}"
            )


Guard = Annotated[IfMatch, Depends()]
