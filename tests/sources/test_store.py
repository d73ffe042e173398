"""The tables on every database we support."""

from dataclasses import replace

from tests.db.databases import database  # noqa: F401
from twinedge.db.database import Database
from twinedge.sources import store
from twinedge.sources.model import Deadband, StoredSource, StoredTag, TagSpec

SOURCE = StoredSource("ds-1", "PLC", "modbus", {"host": "a", "n": [1, {"x": None}]}, True, 1, 5, 5)


def source(number: int, **more: object) -> StoredSource:
    return replace(SOURCE, id=f"ds-{number}", created_us=number, **more)  # type: ignore[arg-type]


def tag(number: int) -> StoredTag:
    spec = TagSpec(
        {"table": "coil", "offset": number}, "Pump_001", f"t{number}", f"tag-{number}",
        scale=0.1, deadband=Deadband("percent", 2.5), bit=3, enabled=number % 2 == 0,
    )  # fmt: skip
    return StoredTag(spec, 100 + number, 1, number, number)


def filled(database: Database, sources: int = 1, tags: int = 0) -> None:  # noqa: F811
    def work(session: store.Session) -> None:
        for number in range(1, sources + 1):
            store.add_source(session, source(number))
        store.add_tags(session, "ds-1", [tag(number) for number in range(tags)])

    database.write_now(work)


class TestSources:
    def test_read_as_written(self, database: Database) -> None:  # noqa: F811
        filled(database, 2)
        assert database.read_now(store.all_sources) == [source(1), source(2)]
        assert database.read_now(lambda session: store.get_source(session, "none")) is None

    def test_update_replaces(self, database: Database) -> None:  # noqa: F811
        filled(database)
        new = replace(source(1), name="New", config={}, enabled=False, version=2, updated_us=9)
        database.write_now(lambda session: store.update_source(session, new))
        assert database.read_now(lambda session: store.get_source(session, "ds-1")) == new

    def test_pages_are_newest_first_and_narrowed(self, database: Database) -> None:  # noqa: F811
        filled(database, 5)

        def page(ids: set[str] | None, without: set[str] | None) -> tuple[list[str], int]:
            found, total = database.read_now(
                lambda session: store.page_of_sources(
                    session, "modbus", ids and frozenset(ids), without and frozenset(without), 0, 2
                )
            )
            return [it.id for it in found], total

        assert page(None, None) == (["ds-5", "ds-4"], 5)
        assert page({"ds-1", "ds-3"}, None) == (["ds-3", "ds-1"], 2)
        assert page(None, {"ds-5", "ds-4"}) == (["ds-3", "ds-2"], 3)


class TestTags:
    def test_read_as_written_in_order(self, database: Database) -> None:  # noqa: F811
        filled(database, tags=10)
        tags = database.read_now(lambda session: store.tags_of(session, "ds-1"))
        assert tags == [tag(number) for number in range(10)]
        assert database.read_now(store.all_tags) == {"ds-1": tags}
        counts = database.read_now(lambda session: store.tag_counts(session, ["ds-1", "ds-2"]))
        assert counts == {"ds-1": 10}

    def test_series_may_be_swapped(self, database: Database) -> None:  # noqa: F811
        filled(database, tags=2)
        swapped = [replace(tag(0), series=101, version=2), replace(tag(1), series=100, version=2)]
        database.write_now(lambda session: store.update_tags(session, "ds-1", swapped))
        assert database.read_now(lambda session: store.tags_of(session, "ds-1")) == swapped

    def test_more_are_deleted_than_a_statement_takes(self, database: Database) -> None:  # noqa: F811
        filled(database, tags=1200)
        ids = [f"tag-{number}" for number in range(1100)]
        database.write_now(lambda session: store.delete_tags(session, "ds-1", ids))
        left = database.read_now(lambda session: store.tags_of(session, "ds-1"))
        assert [it.id for it in left] == [f"tag-{number}" for number in range(1100, 1200)]

    def test_go_with_their_source(self, database: Database) -> None:  # noqa: F811
        filled(database, tags=3)
        database.write_now(lambda session: store.delete_source(session, "ds-1"))
        assert database.read_now(store.all_tags) == {}
