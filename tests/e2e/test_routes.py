"""What every route of the whole server promises: a scope, a refusal, paging that is true."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.e2e.process import KEY, ServerProcess
from twinedge.web.routing import SCOPES

OPEN = {
    ("GET", "/v1/alert-links/{token}"),  # the token is the key
    ("POST", "/v1/alert-links/{token}"),
    ("POST", "/v1/session"),
}
"""Every documented route that needs no key; a new one has to be added here on purpose."""
ANY_KEY = {("GET", "/v1/session"), ("DELETE", "/v1/session")}
"""Routes that any key may use."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    data = tmp_path_factory.mktemp("routes") / "data"
    with ServerProcess(data, TWINEDGE_RATE_LIMIT="off") as server:
        yield server


@pytest.fixture(scope="module")
def operations(server: ServerProcess) -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation of the served document by method and path."""
    paths = server.http.get("/v1/openapi.json").json()["paths"]
    return {
        (method.upper(), path): operation
        for path, methods in paths.items()
        for method, operation in methods.items()
        if method in {"get", "put", "post", "delete", "patch"}
    }


def url_of(path: str) -> str:
    return re.sub(r"{\w+}", "1", path)


def faults(answer: httpx.Response) -> list[str]:
    return [detail["field"] for detail in answer.json()["error"]["details"]]


class TestEveryRoute:
    def test_declares_a_known_scope(
        self, operations: dict[tuple[str, str], dict[str, Any]]
    ) -> None:
        assert len(operations) > 60
        for key, operation in operations.items():
            if key in OPEN:
                assert operation["security"] == [], key
            else:
                assert "security" not in operation, key
                assert key in ANY_KEY or operation["x-scope"] in SCOPES, key

    def test_refuses_a_stranger_and_a_key_without_the_scope(
        self, server: ServerProcess, operations: dict[tuple[str, str], dict[str, Any]]
    ) -> None:
        keys = {}
        for scope in ("read:telemetry", "read:ml"):
            body = {"name": scope, "scopes": [scope]}
            made = server.http.post("/v1/api-keys", json=body)
            keys[scope] = {"Authorization": f"Bearer {made.json()['data']['key']}"}
        with httpx.Client(base_url=server.url, timeout=120) as stranger:
            for (method, path), operation in operations.items():
                if (method, path) in OPEN:
                    continue
                answer = stranger.request(method, url_of(path))
                assert answer.status_code == 401, (method, path)
                assert answer.headers["WWW-Authenticate"] == "Bearer"
                if (method, path) in ANY_KEY:
                    continue
                other = "read:ml" if operation["x-scope"] != "read:ml" else "read:telemetry"
                answer = stranger.request(method, url_of(path), headers=keys[other])
                assert answer.status_code == 403, (method, path)
                assert answer.json()["error"]["code"] == "forbidden"

    def test_refuses_an_unknown_query_parameter_by_its_name(
        self, server: ServerProcess, operations: dict[tuple[str, str], dict[str, Any]]
    ) -> None:
        for method, path in operations:
            if method == "GET" and (method, path) not in OPEN:
                answer = server.http.get(url_of(path), params={"colour": "red"})
                assert answer.status_code == 400, path
                assert "colour" in faults(answer), path


UNAUDITED = {("POST", "/v1/telemetry"), ("POST", "/v1/telemetry/ingest")}
"""Points are data; besides them only what asks (scope `read:…`) leaves no entry."""


class TestAudit:
    def test_every_changing_route_leaves_an_entry(
        self, server: ServerProcess, operations: dict[tuple[str, str], dict[str, Any]]
    ) -> None:
        changing = {
            (method, path)
            for (method, path), operation in operations.items()
            if method != "GET"
            and (method, path) not in UNAUDITED
            and not operation.get("x-scope", "").startswith("read:")
        }
        assert len(changing) > 50
        server.http.get("/v1/audit")  # writes down what the tests before have counted up
        for method, path in operations:
            if method != "GET" and path != "/v1/session":  # else the key below has no session
                server.http.request(
                    method, url_of(path).replace("/1", "/audited"), json={"wrong": 1}
                )
        server.http.delete("/v1/session")
        with httpx.Client(base_url=server.url, timeout=120) as browser:
            browser.post("/v1/session", json={"api_key": KEY})
        found: list[dict[str, Any]] = []
        while page := server.http.get(
            "/v1/audit", params={"page": 1 + len(found) // 100, "per_page": 100}
        ).json()["data"]:
            found += page
            if len(page) < 100:
                break
        assert changing <= {(entry["method"], entry["route"]) for entry in found}
        kept = {(e["method"], e["route"]) for e in found if e["status"] not in {401, 403}}
        assert kept - changing == {("START", None)}
        assert server.http.get("/v1/audit/verify").json()["data"]["ok"] is True

    def test_no_secret_is_written_down(self, server: ServerProcess) -> None:
        server.http.post("/v1/alert-links/secret-token")
        server.http.post("/v1/session?api_key=secret-key", json={"api_key": "secret-key"})
        listed = server.http.get("/v1/audit?per_page=100").text
        assert "alert-links/{token}" in listed
        assert "secret-" not in listed


class TestEveryList:
    def test_pages(
        self, server: ServerProcess, operations: dict[tuple[str, str], dict[str, Any]]
    ) -> None:
        paged = [
            path
            for (method, path), operation in operations.items()
            if method == "GET"
            and "per_page" in {p["name"] for p in operation.get("parameters", [])}
        ]
        assert len(paged) >= 10
        source = {"id": "1", "name": "PLC", "type": "modbus", "config": {"host": "127.0.0.1"}}
        made = server.http.post("/v1/data-sources", json=source | {"enabled": False})
        assert made.status_code == 201, made.text
        for path in paged:
            url = url_of(path)
            for field, value in (
                ("page", "0"), ("page", "x"), ("per_page", "0"), ("per_page", "101"),
            ):  # fmt: skip
                answer = server.http.get(url, params={field: value})
                assert answer.status_code == 400, (path, field)
                assert faults(answer) == [field], path
            first = server.http.get(url)
            if first.status_code == 404:
                assert "{" in path, path  # a list inside a thing that is not there
                continue
            assert first.status_code == 200, path
            total = first.json()["meta"]["total"]
            assert first.json()["meta"] == {"page": 1, "per_page": 20, "total": total}, path
            past = server.http.get(url, params={"page": 999, "per_page": 100}).json()
            assert past["data"] == [], path
            assert past["meta"] == {"page": 999, "per_page": 100, "total": total}, path

    def test_head_is_get_without_its_body(self, server: ServerProcess) -> None:
        for path in ("/v1/data-sources", "/v1/telemetry", "/v1/nothing", "/v1/dashboards/none"):
            head, get = server.http.head(path), server.http.get(path)
            assert (head.status_code, head.content) == (get.status_code, b""), path
            assert head.headers["content-type"] == get.headers["content-type"]
        assert server.http.head("/v1/alert-rules/none/enable").status_code == 405

    def test_an_unknown_path_and_a_wrong_method_are_told(self, server: ServerProcess) -> None:
        for method in ("GET", "POST", "DELETE"):
            answer = server.http.request(method, "/v1/nothing")
            assert answer.status_code == 404
            assert answer.json()["error"]["code"] == "not_found"
        answer = server.http.get("/v1/alert-rules/none/enable")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        answer = server.http.patch("/v1/data-sources")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")
        answer = server.http.patch("/v1/alert-rules/export")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
        assert answer.json()["error"]["code"] == "method_not_allowed"
        assert httpx.get(f"{server.url}/v1/data-sources?token={KEY}").status_code == 401
