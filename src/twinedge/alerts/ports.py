"""What the alerts room needs from the outside: ways to tell people, and names of score tags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from twinedge.kit.errors import Fault


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to one channel; fixed when it was queued, so every try sends the same.

    id: stable over all tries, for the receiver to tell repeats. title: one line. text: plain,
    several lines. payload: the same for machines, JSON types only. links may be None.
    """

    id: str
    event: str
    severity: str
    title: str
    text: str
    payload: Mapping[str, Any]
    created_us: int
    link: str | None = None
    acknowledge_link: str | None = None


Config = TypeVar("Config", bound=BaseModel)


class Notifier(Protocol[Config]):
    """One kind of channel. `notifiers/` implements them; the contract suite says what all do."""

    kind: str
    """The API's word for the channel's type: email, slack, teams, webhook, mqtt."""
    config: type[Config]
    """The channel's config; secret fields are `SecretStr`."""

    async def check(self, config: Config) -> list[Fault]:
        """Faults beyond the types, such as a forbidden address; fields relative to the config."""
        ...

    async def send(self, config: Config, message: Message) -> str:
        """Deliver, within 15 s; answers what the other side said.

        Raises DeliveryFailed with words for a person; never anything else, never retries itself.
        """
        ...


Notifiers = Mapping[str, Notifier[Any]]
"""All kinds by type."""


class Heartbeat(Protocol):
    """A sign of life to an outside watcher, which raises the alarm when it stays away."""

    async def beat(self) -> None:
        """Send one; a failure is logged, never raised."""
        ...


class ScoreTags(Protocol):
    """Where the scores of models go."""

    def score_tag_of(self, model_id: str) -> str | None:
        """The tag name a model writes its scores to; None while it is not deployed."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have `listener` called on the event loop after each change of what is deployed."""
        ...


class NoScoreTags:
    """Without machine learning: no model writes scores."""

    def score_tag_of(self, model_id: str) -> str | None:
        return None

    def on_change(self, listener: Callable[[], None]) -> None:
        """Nothing ever changes."""
