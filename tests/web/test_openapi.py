"""The document and the page that shows it."""

import re

import httpx

from tests.web.conftest import application, client_of
from twinedge.kit.clock import ManualClock

HOT = {"/v1/telemetry": {"post": {"summary": "Ingest", "requestBody": {"content": {}}}}}


class TestDocument:
    async def test_is_public_and_tells_errors_and_scopes(self) -> None:
        app, _ = application(ManualClock(), openapi_paths=HOT)
        async with client_of(app, None) as stranger:
            spec = (await stranger.get("/v1/openapi.json")).json()
        assert spec["openapi"].startswith("3.1")
        assert spec["info"]["version"] == "1.2.3"
        assert "422" not in str(spec)
        assert "HTTPValidationError" not in str(spec)
        create = spec["paths"]["/v1/things"]["post"]
        assert create["x-scope"] == "write:assets"
        assert set(create["responses"]) >= {"201", "400", "401", "403", "409", "413", "415", "429"}
        show = spec["paths"]["/v1/things/{id}"]
        assert "404" in show["get"]["responses"]
        assert "412" in show["put"]["responses"]
        assert spec["paths"]["/v1/things/open"]["get"]["security"] == []
        assert spec["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
        assert "413" in spec["paths"]["/v1/telemetry"]["post"]["responses"]

    async def test_every_reference_leads_somewhere(self, stranger: httpx.AsyncClient) -> None:
        spec = (await stranger.get("/v1/openapi.json")).json()
        for reference in re.findall(r"'\$ref': '#/components/schemas/([^']+)'", str(spec)):
            assert reference in spec["components"]["schemas"]

    async def test_operation_ids_are_unique(self, stranger: httpx.AsyncClient) -> None:
        spec = (await stranger.get("/v1/openapi.json")).json()
        ids = [
            operation["operationId"]
            for operations in spec["paths"].values()
            for operation in operations.values()
            if "operationId" in operation
        ]
        assert len(ids) == len(set(ids))


class TestPage:
    async def test_needs_nothing_from_elsewhere(self, stranger: httpx.AsyncClient) -> None:
        for path, kind in (
            ("/docs", "text/html"),
            ("/docs/reference.js", "javascript"),
            ("/docs/reference.css", "text/css"),
        ):
            answer = await stranger.get(path)
            assert answer.status_code == 200
            assert kind in answer.headers["Content-Type"]
            assert not re.search(r"""(src|href)=["']?(https?:)?//|@import|\burl\(""", answer.text)
        page = (await stranger.get("/docs")).text
        assert "<script>" not in page
        assert " on" not in re.sub(r"[^<]*(<[^>]*>)", r"\1", page).replace(" onto", "")
