"""Keys and sessions: who gets in, and who no longer does."""

from pathlib import Path

import pytest

from tests.access.conftest import ADMIN_KEY
from twinedge.access.model import NewKey, csrf_of, digest_of
from twinedge.access.service import Access
from twinedge.db.database import Database
from twinedge.kit.clock import US, ManualClock
from twinedge.kit.errors import Conflict, Forbidden, Invalid, NotFound, Unauthorized


def bearer(token: str) -> dict[bytes, bytes]:
    return {b"authorization": b"Bearer " + token.encode()}


class TestBootstrap:
    async def test_the_environment_sets_the_admin_key(self, access: Access) -> None:
        assert access.authenticate_token(ADMIN_KEY).may("write:ml")

    async def test_without_one_a_key_is_made_shown_once_and_written_privately(
        self, db: Database, clock: ManualClock, tmp_path: Path
    ) -> None:
        file = tmp_path / "data" / "admin.key"
        access = Access(db, clock)
        token = await access.bootstrap(None, file)
        assert token is not None
        assert file.read_text().strip() == token
        assert file.stat().st_mode & 0o777 == 0o600
        assert access.authenticate_token(token).may("admin")
        assert await Access(db, clock).bootstrap(None, file) is None

    async def test_another_environment_key_replaces_the_first(
        self, access: Access, tmp_path: Path
    ) -> None:
        assert await access.bootstrap("another-key-of-some-length", tmp_path / "k") is None
        assert access.authenticate_token("another-key-of-some-length").may("admin")
        with pytest.raises(Unauthorized):
            access.authenticate_token(ADMIN_KEY)

    async def test_an_environment_key_no_longer_set_ends(
        self, access: Access, tmp_path: Path
    ) -> None:
        token = await access.bootstrap(None, tmp_path / "k")
        assert token is not None
        with pytest.raises(Unauthorized):
            access.authenticate_token(ADMIN_KEY)

    async def test_it_comes_back_when_set_again(self, access: Access, tmp_path: Path) -> None:
        await access.bootstrap(None, tmp_path / "k")
        await access.bootstrap(ADMIN_KEY, tmp_path / "k")
        assert access.authenticate_token(ADMIN_KEY).may("admin")

    async def test_a_short_environment_key_is_refused(self, access: Access, tmp_path: Path) -> None:
        with pytest.raises(Invalid):
            await access.bootstrap("short", tmp_path / "k")


class TestAuthenticate:
    @pytest.mark.parametrize(
        "value",
        [b"", b"Bearer", b"Bearer ", b"Basic YTpi", b"Bearer te_x_y", b"Bearer \xff\xfe", b"te_"],
    )
    def test_malformed_and_unknown(self, access: Access, value: bytes) -> None:
        with pytest.raises(Unauthorized):
            access.authenticate("GET", {b"authorization": value})

    def test_nothing_at_all(self, access: Access) -> None:
        with pytest.raises(Unauthorized):
            access.authenticate("GET", {})

    def test_the_scheme_is_spelled_in_any_case(self, access: Access) -> None:
        headers = {b"authorization": b"bearer " + ADMIN_KEY.encode()}
        assert access.authenticate("POST", headers).may("admin")

    async def test_a_key_of_another_id_with_the_same_secret_is_unknown(
        self, access: Access
    ) -> None:
        _, token = await access.create(NewKey("a", ("read:ml",), id="a"))
        with pytest.raises(Unauthorized):
            access.authenticate_token(token.replace("te_a_", "te_key-environment_"))

    async def test_ends_with_the_expiry(self, access: Access, clock: ManualClock) -> None:
        expires_us = clock.now_us() + 60 * US
        _, token = await access.create(NewKey("a", ("read:ml",), expires_us=expires_us))
        clock.advance(59.9)
        assert access.authenticate_token(token).may("read:ml")
        clock.advance(0.1)
        with pytest.raises(Unauthorized, match="expired at 2026-01-01T00:01:00Z"):
            access.authenticate_token(token)

    async def test_asks_no_database(self, access: Access, db: Database) -> None:
        db.close()
        assert access.authenticate("GET", bearer(ADMIN_KEY)).may("admin")


class TestCreate:
    async def test_keeps_only_a_hash(self, access: Access, db: Database, tmp_path: Path) -> None:
        _, token = await access.create(NewKey("a", ("read:ml",)))
        db.close()
        files = b"".join(path.read_bytes() for path in tmp_path.glob("twinedge.db*"))
        assert token.encode() not in files
        assert token.rpartition("_")[2].encode() not in files
        assert digest_of(token).encode() in files

    async def test_a_client_may_bring_its_id_underscores_and_all(self, access: Access) -> None:
        key, token = await access.create(NewKey("a", ("read:ml",), id="_a_b_"))
        assert key.id == "_a_b_"
        assert access.authenticate_token(token).id == "_a_b_"

    async def test_an_id_is_never_used_again(self, access: Access) -> None:
        await access.create(NewKey("a", ("read:ml",), id="a"))
        with pytest.raises(Conflict):
            await access.create(NewKey("b", ("read:ml",), id="a"))
        await access.delete("a")
        with pytest.raises(Conflict):
            await access.create(NewKey("b", ("read:ml",), id="a"))

    async def test_names_every_unknown_scope(self, access: Access, clock: ManualClock) -> None:
        with pytest.raises(Invalid) as caught:
            await access.create(NewKey("a", ("read:ml", "read:x", "y"), expires_us=clock.now_us()))
        fields = [fault.field for fault in caught.value.faults]
        assert fields == ["scopes[1]", "scopes[2]", "expires_at"]
        assert "write:telemetry" in caught.value.faults[0].message


class TestDelete:
    async def test_the_key_its_sessions_and_its_sockets_end(self, access: Access) -> None:
        told: list[str] = []
        access.on_revoked(told.append)
        _, token = await access.create(NewKey("a", ("read:ml",), id="a"))
        _, cookie = await access.sign_in(token)
        await access.delete("a")
        assert told == ["a"]
        assert not access.still_valid("a")
        with pytest.raises(Unauthorized):
            access.authenticate_token(token)
        with pytest.raises(Unauthorized):
            access.authenticate("GET", {b"cookie": b"twinedge_session=" + cookie.encode()})
        with pytest.raises(NotFound):
            await access.delete("a")

    async def test_the_environments_key_is_not_changed_here(self, access: Access) -> None:
        for change in (access.delete, access.rotate):
            with pytest.raises(Conflict, match="TWINEDGE_API_KEY"):
                await change("key-environment")

    async def test_the_last_admin_key_stays(
        self, db: Database, clock: ManualClock, tmp_path: Path
    ) -> None:
        access = Access(db, clock)
        token = await access.bootstrap(None, tmp_path / "k")
        assert token is not None
        id = access.authenticate_token(token).id
        soon_us = clock.now_us() + US
        await access.create(NewKey("b", ("admin",), id="b", expires_us=soon_us))
        clock.advance(2)
        with pytest.raises(Conflict, match="last admin key"):
            await access.delete(id)
        await access.create(NewKey("c", ("admin",), id="c"))
        await access.delete(id)


class TestRotate:
    async def test_the_new_secret_works_and_the_old_does_not(self, access: Access) -> None:
        told: list[str] = []
        access.on_revoked(told.append)
        _, old = await access.create(NewKey("a", ("read:ml",), id="a"))
        key, new = await access.rotate("a")
        assert key.scopes == ("read:ml",)
        assert access.authenticate_token(new).id == "a"
        assert told == ["a"]
        with pytest.raises(Unauthorized):
            access.authenticate_token(old)


class TestSessions:
    @staticmethod
    def headers(cookie: str, **more: bytes) -> dict[bytes, bytes]:
        found = {b"cookie": b"a=b; twinedge_session=" + cookie.encode() + b"; c=d"}
        return found | {name.replace("_", "-").encode(): value for name, value in more.items()}

    async def test_reads_freely_and_writes_with_the_csrf_token(self, access: Access) -> None:
        _, cookie = await access.sign_in(ADMIN_KEY)
        assert access.authenticate("GET", self.headers(cookie)).may("admin")
        good = self.headers(cookie, x_csrf_token=csrf_of(cookie).encode())
        assert access.authenticate("POST", good).may("admin")
        for bad in (self.headers(cookie), self.headers(cookie, x_csrf_token=b"0" * 64)):
            with pytest.raises(Forbidden):
                access.authenticate("DELETE", bad)

    async def test_survives_a_restart(
        self, access: Access, db: Database, clock: ManualClock
    ) -> None:
        _, cookie = await access.sign_in(ADMIN_KEY)
        restarted = Access(db, clock)
        await restarted.refresh()
        assert restarted.authenticate("GET", self.headers(cookie)).may("admin")

    async def test_ends_by_itself_after_a_week(self, access: Access, clock: ManualClock) -> None:
        _, cookie = await access.sign_in(ADMIN_KEY)
        clock.advance(7 * 86_400)
        with pytest.raises(Unauthorized):
            access.authenticate("GET", self.headers(cookie))

    async def test_never_outlives_its_key(self, access: Access, clock: ManualClock) -> None:
        soon_us = clock.now_us() + 60 * US
        _, token = await access.create(NewKey("a", ("read:ml",), expires_us=soon_us))
        principal, _ = await access.sign_in(token)
        assert principal.session is not None
        assert principal.session.expires_us == soon_us

    async def test_sign_out_ends_it(self, access: Access) -> None:
        _, cookie = await access.sign_in(ADMIN_KEY)
        await access.sign_out(cookie)
        with pytest.raises(Unauthorized):
            access.authenticate("GET", self.headers(cookie))

    async def test_an_explicit_key_wins_over_the_cookie(self, access: Access) -> None:
        _, cookie = await access.sign_in(ADMIN_KEY)
        with pytest.raises(Unauthorized):
            access.authenticate("GET", self.headers(cookie, authorization=b"Bearer wrong"))


class TestUpkeep:
    async def test_last_use_is_seen_at_once_and_kept(
        self, access: Access, db: Database, clock: ManualClock
    ) -> None:
        _, token = await access.create(NewKey("a", ("read:ml",), id="a"))
        assert (await access.get("a")).last_used_us is None
        clock.advance(5)
        access.authenticate_token(token)
        assert (await access.get("a")).last_used_us == clock.now_us()
        await access.flush()
        restarted = Access(db, clock)
        await restarted.refresh()
        assert (await restarted.get("a")).last_used_us == clock.now_us()

    async def test_an_expired_key_is_told_once(self, access: Access, clock: ManualClock) -> None:
        told: list[str] = []
        access.on_revoked(told.append)
        soon_us = clock.now_us() + US
        await access.create(NewKey("a", ("read:ml",), id="a", expires_us=soon_us))
        await access.flush()
        clock.advance(2)
        await access.flush()
        await access.flush()
        assert told == ["a"]

    async def test_brings_in_what_another_process_changed(
        self, access: Access, db: Database, clock: ManualClock
    ) -> None:
        _, gone = await access.create(NewKey("a", ("read:ml",), id="a"))
        other = Access(db, clock)
        await other.refresh()
        _, made = await other.create(NewKey("b", ("read:ml",), id="b"))
        await other.delete("a")
        told: list[str] = []
        access.on_revoked(told.append)
        await access.refresh()
        assert told == ["a"]
        assert access.authenticate_token(made).id == "b"
        with pytest.raises(Unauthorized):
            access.authenticate_token(gone)

    async def test_a_failing_listener_does_not_stop_the_others(self, access: Access) -> None:
        told: list[str] = []

        def broken(_id: str) -> None:
            raise ValueError("no")

        access.on_revoked(broken)
        access.on_revoked(told.append)
        await access.create(NewKey("a", ("read:ml",), id="a"))
        await access.delete("a")
        assert told == ["a"]
