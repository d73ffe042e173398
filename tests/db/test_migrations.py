"""The migrations make exactly the tables that the rooms' code declares."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import twinedge
from tests.db.databases import empty_postgres
from twinedge.db.base import Base
from twinedge.db.database import Database, SchemaTooNew


def import_every_store() -> None:
    """Tables are declared in the rooms' `store.py`, or in the modules of their `store/`."""
    for module in pkgutil.walk_packages(twinedge.__path__, "twinedge."):
        if "store" in module.name.split("."):
            importlib.import_module(module.name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        db = Database(f"sqlite:///{tmp_path / 'new.db'}")
        yield db
        db.close()
        return
    with empty_postgres() as url:
        db = Database(url)
        yield db
        db.close()


class TestMigrate:
    def test_a_fresh_database_equals_the_declared_tables(self, empty: Database) -> None:
        import_every_store()
        empty.migrate()
        with empty.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []

    def test_a_second_run_changes_nothing(self, empty: Database) -> None:
        empty.migrate()
        before = sorted(inspect(empty.engine).get_table_names())
        empty.migrate()
        assert sorted(inspect(empty.engine).get_table_names()) == before

    def test_the_way_down_leaves_nothing(self, empty: Database) -> None:
        empty.migrate()
        config = Config()
        config.set_main_option("script_location", "twinedge.db:migrations")
        with empty.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "base")
        assert inspect(empty.engine).get_table_names() == ["alembic_version"]

    def test_a_database_of_a_newer_version_is_left_alone(self, empty: Database) -> None:
        empty.migrate()
        with empty.engine.begin() as connection:
            connection.execute(text("update alembic_version set version_num = '9999_future'"))
        with pytest.raises(SchemaTooNew, match="newer version"):
            empty.migrate()

    def test_a_migration_that_fails_half_way_leaves_nothing(
        self, empty: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail_after_the_tables(*_args: object) -> None:
            raise OSError("power cut")

        monkeypatch.setattr(
            "alembic.runtime.migration.HeadMaintainer.update_to_step", fail_after_the_tables
        )
        with pytest.raises(OSError, match="power cut"):
            empty.migrate()
        assert inspect(empty.engine).get_table_names() == []
        monkeypatch.undo()
        empty.migrate()
