"""Topic templates: which topics to subscribe to, and what their levels say. Pure.

`plant/{asset_id}/{tag_name}` names two levels; `+` stands for any one level, `#` for all the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ASSET, TAG = "{asset_id}", "{tag_name}"


@dataclass(frozen=True, slots=True)
class Match:
    """What a topic says under a template. rest: the levels matched by `+` and `#` that name
    nothing, less the one taken for the asset."""

    asset_id: str
    tag_name: str | None
    rest: tuple[str, ...]
    last: str


@dataclass(frozen=True, slots=True)
class Template:
    """A topic with named or wild levels."""

    levels: tuple[str, ...]

    @property
    def filter(self) -> str:
        """The subscription."""
        return "/".join("+" if level in {ASSET, TAG} else level for level in self.levels)

    def match(self, topic: str, asset_id: str | None = None) -> Match | None:
        """None when the topic does not fit.

        Without a named or given asset it is the level at the first `+`; else the fixed level
        before `#`; else the last but one; else the only one.
        """
        words = topic.split("/")
        wild: list[str] = []
        asset, tag = asset_id, None
        for at, level in enumerate(self.levels):
            if level == "#":
                wild += words[at:]
                words_used = len(words)
                break
            if at >= len(words):
                return None
            word = words[at]
            if level == ASSET:
                asset = asset if asset_id is not None else word
            elif level == TAG:
                tag = word
            elif level == "+":
                wild.append(word)
            elif level != word:
                return None
            words_used = at + 1
        if words_used != len(words) or (topic.startswith("$") and self.levels[0] in {"+", "#"}):
            return None
        if asset is None:
            asset = self._asset(words, wild)
        return Match(asset, tag, tuple(wild), words[-1])

    def _asset(self, words: Sequence[str], wild: list[str]) -> str:
        """Guess the asset; a level taken for it is removed from `wild`."""
        if "+" in self.levels:
            return wild.pop(0)
        fixed = [level for level in self.levels if level not in {"#", TAG}]
        if self.levels[-1] == "#" and fixed:
            return fixed[-1]
        return words[-2] if len(words) > 1 else words[0]


def template(text: str) -> Template:
    """Read a template. Raises ValueError in plain words."""
    fault = topic_fault(text.replace(ASSET, "+").replace(TAG, "+"))
    if fault:
        raise ValueError(fault)
    levels = text.split("/")
    for level in levels:
        if level not in {ASSET, TAG} and ("{" in level or "}" in level):
            raise ValueError(f"level {level!r} is not known; named levels are {ASSET} and {TAG}")
    for name in (ASSET, TAG):
        if levels.count(name) > 1:
            raise ValueError(f"has {name} twice")
    return Template(tuple(levels))


def topic_fault(text: str) -> str | None:
    """Why this cannot be subscribed to; None when it can. Source: MQTT 5.0, section 4.7."""
    if not text:
        return "must not be empty"
    if len(text.encode()) > 65535 or "\0" in text:
        return "is too long or has a NUL in it"
    levels = text.split("/")
    if "#" in levels[:-1]:
        return "# stands at the end only"
    if any(("+" in level and level != "+") or ("#" in level and level != "#") for level in levels):
        return "+ and # stand for whole levels, between slashes"
    return None


def is_plain(topic: str) -> bool:
    """Whether the text is one topic, without wildcards."""
    return topic_fault(topic) is None and "+" not in topic and "#" not in topic
