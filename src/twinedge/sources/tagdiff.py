"""What a list of tags would change; pure."""

from collections.abc import Sequence
from dataclasses import replace

from twinedge.sources.model import Difference, TagChange, TagSpec


def difference(
    old: Sequence[TagSpec], new: Sequence[TagSpec], *, remove_others: bool
) -> Difference:
    """Compare by id where the new tag has a known one, else by asset and tag name.

    A new tag takes the id of the one it replaces; an added one keeps its own, if any.
    """
    by_id = {tag.id: tag for tag in old}
    by_name = {(tag.asset_id, tag.tag_name): tag for tag in old}
    added: list[TagSpec] = []
    changed: list[TagChange] = []
    seen: set[str] = set()
    for tag in new:
        before = by_id.get(tag.id) or by_name.get((tag.asset_id, tag.tag_name))
        if before is None:
            added.append(tag)
            continue
        seen.add(before.id)
        after = replace(tag, id=before.id)
        if after != before:
            changed.append(TagChange(before, after))
    removed = [tag for tag in old if tag.id not in seen] if remove_others else []
    return Difference(tuple(added), tuple(changed), tuple(removed), len(seen) - len(changed))
