"""Ids."""

from twinedge.kit.ids import is_id, new_id


class TestNewId:
    def test_is_prefixed_valid_and_never_the_same(self) -> None:
        ids = {new_id("ds") for _ in range(1000)}
        assert len(ids) == 1000
        assert all(id.startswith("ds-") and is_id(id) for id in ids)


class TestIsId:
    def test_takes_what_the_api_allows(self) -> None:
        assert is_id("ds-123")
        assert not any(map(is_id, ["", "a b", "ä", "x" * 65, "a/b", "ds-1\n"]))
