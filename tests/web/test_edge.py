"""What passes the edge, and what it stops: sizes, compression, rates, headers."""

import gzip
import io
import time
import zlib

import httpx
import pytest
import zstandard
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import KIB, application, client_of
from twinedge.kit.clock import ManualClock
from twinedge.kit.errors import Invalid, RateLimited
from twinedge.web.inflate import Gzip, Inflater, Zstd

HOT = "/v1/telemetry"
POKE = "/v1/things/poke"


async def pieces(body: bytes, size: int = 1000):  # type: ignore[no-untyped-def]
    """A body sent in pieces, so that its size is not declared."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


class TestBodySize:
    @pytest.mark.parametrize("declared", [True, False])
    async def test_up_to_the_limit_and_no_further(
        self, client: httpx.AsyncClient, declared: bool
    ) -> None:
        fits, over = b"x" * 64 * KIB, b"x" * (64 * KIB + 1)
        good = await client.post(POKE, content=fits if declared else pieces(fits))
        assert good.json() == {"data": 64 * KIB}
        bad = await client.post(POKE, content=over if declared else pieces(over))
        assert bad.status_code == 413
        assert bad.json()["error"]["code"] == "payload_too_large"
        assert "0.0625 MiB" in bad.json()["error"]["message"]

    async def test_a_path_may_have_a_larger_limit(self, client: httpx.AsyncClient) -> None:
        assert (await client.post(HOT, content=b"x" * 256 * KIB)).status_code == 200
        assert (await client.post(HOT, content=b"x" * (256 * KIB + 1))).status_code == 413

    async def test_json_routes_refuse_too(self, client: httpx.AsyncClient) -> None:
        headers = {"Content-Type": "application/json"}
        for body in (b"[" * 10_000_000, pieces(b"[" * 100_000)):
            answer = await client.post("/v1/things", content=body, headers=headers)
            assert answer.status_code == 413

    async def test_ten_million_brackets_are_refused_fast_even_where_they_fit(self) -> None:
        from twinedge.web.strict_json import parse

        begin = time.process_time()
        for bomb in (b"[" * 10_000_000, b'{"a":' * 2_000_000, b"[" * 900 + b"]" * 900):
            with pytest.raises(Invalid):
                parse(bomb)
        assert time.process_time() - begin < 1.0


class TestCompressedBodies:
    @pytest.mark.parametrize(
        ("name", "pack"),
        [("gzip", gzip.compress), ("zstd", zstandard.compress), ("identity", bytes)],
    )
    @pytest.mark.parametrize("path", [POKE, HOT])
    async def test_are_read_as_if_plain(
        self,
        client: httpx.AsyncClient,
        name: str,
        pack,
        path: str,  # type: ignore[no-untyped-def]
    ) -> None:
        body = pack(b"hello " * 1000)
        headers = {"Content-Encoding": name}
        assert (await client.post(path, content=body, headers=headers)).json() == {"data": 6000}
        sent = await client.post(path, content=pieces(body, 7), headers=headers)
        assert sent.json() == {"data": 6000}

    async def test_json_in_gzip(self, client: httpx.AsyncClient) -> None:
        answer = await client.post(
            "/v1/things",
            content=gzip.compress(b'{"name": "a"}'),
            headers={"Content-Encoding": "gzip", "Content-Type": "application/json"},
        )
        assert answer.status_code == 201

    @pytest.mark.parametrize(
        ("name", "bomb"),
        [
            ("gzip", gzip.compress(b"0" * 100_000_000)),
            ("zstd", zstandard.compress(b"0" * 1_000_000_000)),
        ],
        ids=["gzip", "zstd"],
    )
    async def test_a_bomb_is_defused_after_the_limit(
        self, client: httpx.AsyncClient, name: str, bomb: bytes
    ) -> None:
        begin = time.process_time()
        answer = await client.post(HOT, content=bomb, headers={"Content-Encoding": name})
        assert answer.status_code == 413
        assert time.process_time() - begin < 0.5

    @pytest.mark.parametrize(
        ("name", "body"),
        [
            ("gzip", gzip.compress(b"hello" * 100, mtime=0)[:-9]),
            ("gzip", gzip.compress(b"hello" * 100, mtime=0)[:20]),
            ("gzip", b"hello"),
            ("gzip", gzip.compress(b"hello", mtime=0) + b"junk"),
            ("zstd", zstandard.compress(b"hello" * 100)[:-3]),
            ("zstd", b"hello"),
            ("zstd", zstandard.compress(b"hello") + b"junk"),
        ],
    )
    async def test_broken_ones_are_refused(
        self, client: httpx.AsyncClient, name: str, body: bytes
    ) -> None:
        for path in (POKE, HOT):
            answer = await client.post(path, content=body, headers={"Content-Encoding": name})
            assert answer.status_code == 400
            assert answer.json()["error"]["details"][0]["field"] == "body"

    @pytest.mark.parametrize("name", ["br", "deflate", "gzip, gzip", "x" * 500])
    async def test_unknown_encodings_are_named(self, client: httpx.AsyncClient, name: str) -> None:
        answer = await client.post(POKE, content=b"x", headers={"Content-Encoding": name})
        assert answer.status_code == 415
        assert "gzip and zstd" in answer.json()["error"]["message"]

    async def test_a_huge_zstd_window_is_refused(self, client: httpx.AsyncClient) -> None:
        parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
        compressor = zstandard.ZstdCompressor(compression_params=parameters)
        out = io.BytesIO()
        with compressor.stream_writer(out, closefd=False) as writer:
            writer.write(b"hello")
        answer = await client.post(
            POKE, content=out.getvalue(), headers={"Content-Encoding": "zstd"}
        )
        assert answer.status_code == 400

    @given(st.lists(st.binary(max_size=300_000), max_size=3), st.integers(1, 5000), st.booleans())
    def test_any_members_in_any_pieces_come_out_whole(
        self, parts: list[bytes], size: int, zstd: bool
    ) -> None:
        pack = zstandard.compress if zstd else gzip.compress
        packed = b"".join(pack(part) for part in parts)
        inflater: Inflater = Zstd() if zstd else Gzip()
        plain = b""
        for start in range(0, len(packed), size):
            plain += b"".join(inflater.feed(packed[start : start + size]))
        inflater.finish()
        assert plain == b"".join(parts)


class TestCompressedAnswers:
    @pytest.mark.parametrize(
        ("accept", "encoding"),
        [
            ("gzip", "gzip"),
            ("gzip, deflate, br, zstd", "zstd"),
            ("zstd;q=0, gzip;q=0.5", "gzip"),
            ("br", None),
            ("", None),
            ("gzip;q=0", None),
        ],
    )
    async def test_as_the_client_asks(
        self, client: httpx.AsyncClient, accept: str, encoding: str | None
    ) -> None:
        for path in ("/page", "/stream"):
            plain = await client.get(path, headers={"Accept-Encoding": "identity"})
            answer = await client.get(path, headers={"Accept-Encoding": accept})
            assert answer.headers.get("Content-Encoding") == encoding
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert answer.text == plain.text

    async def test_small_ones_stay_plain(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/things", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers
        assert int(answer.headers["Content-Length"]) == len(answer.content)

    async def test_each_piece_of_a_stream_can_be_read_when_it_was_sent(self, app: FastAPI) -> None:
        seen: list[bytes] = []

        async def send(message) -> None:  # type: ignore[no-untyped-def]
            if message["type"] == "http.response.body" and message["body"]:
                seen.append(message["body"])

        async def receive():  # type: ignore[no-untyped-def]
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {
            "type": "http", "method": "GET", "path": "/stream", "query_string": b"",
            "headers": [(b"accept-encoding", b"gzip")], "http_version": "1.1", "scheme": "http",
            "asgi": {"spec_version": "2.4"},
        }  # fmt: skip
        await app(scope, receive, send)
        inflate = zlib.decompressobj(31)
        assert inflate.decompress(seen[0]) == b"0 " * 1000


class TestRequestId:
    async def test_echoes_a_sane_one(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/things", headers={"X-Request-ID": "abc-1.2:3"})
        assert answer.headers["X-Request-ID"] == "abc-1.2:3"

    @pytest.mark.parametrize("given", ["", "a b", "x" * 129, "é", "a\tb"])
    async def test_replaces_any_other(self, client: httpx.AsyncClient, given: str) -> None:
        headers = {"X-Request-ID": given.encode()}
        answer = await client.get("/v1/things", headers=headers)  # type: ignore[arg-type]
        assert answer.headers["X-Request-ID"].startswith("req-")

    async def test_is_on_every_answer(self, stranger: httpx.AsyncClient) -> None:
        ids = {
            (await stranger.get(path)).headers["X-Request-ID"]
            for path in ("/page", "/v1/things", "/nothing", "/v1/nothing", "/v1/things/open")
        }
        assert len(ids) == 5


class TestRates:
    async def test_every_answer_under_v1_tells_them(
        self, client: httpx.AsyncClient, stranger: httpx.AsyncClient
    ) -> None:
        answers = [
            await client.get("/v1/things"),
            await client.get("/v1/nothing"),
            await client.post("/v1/things", json={}),
            await client.get("/v1/things/crash"),
            await stranger.get("/v1/things"),
            await stranger.get("/v1/openapi.json"),
            await stranger.get("/v1/things", headers={"Authorization": "Bearer wrong"}),
        ]
        for answer in answers:
            for name in ("Limit", "Remaining", "Reset", "Window"):
                assert answer.headers[f"X-RateLimit-{name}"].isdigit()

    async def test_the_trial_preset_stops_after_sixty_a_minute(self, clock: ManualClock) -> None:
        app, _ = application(clock, "trial")
        async with client_of(app) as client:
            for left in range(59, -1, -1):
                answer = await client.get("/v1/things")
                assert answer.status_code == 200
                assert answer.headers["X-RateLimit-Remaining"] == str(left)
            assert answer.headers["X-RateLimit-Limit"] == "60"
            assert answer.headers["X-RateLimit-Window"] == "60"
            assert int(answer.headers["X-RateLimit-Reset"]) == clock.now_us() // 1_000_000 + 60
            stopped = await client.get("/v1/things")
            assert stopped.status_code == 429
            error = stopped.json()["error"]
            assert error["code"] == "rate_limited"
            assert error["retry_after"] == int(stopped.headers["Retry-After"]) == 1
            clock.advance(1)
            assert (await client.get("/v1/things")).status_code == 200

    async def test_the_organisation_is_one(self, clock: ManualClock) -> None:
        app, _ = application(clock, "trial")
        async with client_of(app, "admin") as one, client_of(app, "read:assets") as other:
            for _ in range(30):
                assert (await one.get("/v1/things")).status_code == 200
                assert (await other.get("/v1/things")).status_code == 200
            assert (await one.get("/v1/things")).status_code == 429

    async def test_an_endpoint_class_has_its_own(self, clock: ManualClock) -> None:
        app, _ = application(clock, "professional")
        async with client_of(app) as client:
            answers = [await client.get("/v1/telemetry") for _ in range(101)]
            assert answers[0].headers["X-RateLimit-Limit"] == "100"
            assert [answer.status_code for answer in answers] == [405] * 100 + [429]
            assert (await client.get("/v1/things")).status_code == 200

    def test_ingest_counts_points_and_may_overdraw_once(self, clock: ManualClock) -> None:
        _, limiter = application(clock, "trial")

        class Me:
            id = "me"

        scope = {"state": {"principal": Me()}}
        limiter.charge(scope, 999)
        limiter.charge(scope, 1001)
        with pytest.raises(RateLimited) as caught:
            limiter.charge(scope, 1)
        assert caught.value.retry_after_s >= 60
        clock.advance(caught.value.retry_after_s)
        limiter.charge(scope, 1)

    def test_strangers_do_not_fill_the_memory(self, clock: ManualClock) -> None:
        from twinedge.web.buckets import MAX_KEYS

        _, limiter = application(clock)
        for number in range(MAX_KEYS + 100):
            limiter.fail({"state": {}, "client": (f"10.0.{number >> 8}.{number & 255}", 1)})
        assert len(limiter._buckets) <= MAX_KEYS


class TestHeaders:
    async def test_pages_come_with_a_policy(self, stranger: httpx.AsyncClient) -> None:
        answer = await stranger.get("/page")
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    async def test_api_answers_are_not_cached(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/v1/things")).headers["Cache-Control"] == "no-store"

    async def test_a_single_thing_has_an_etag(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/v1/things/a")).headers["ETag"] == '"3"'
