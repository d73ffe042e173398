"""The REST reference, Dashboards: its examples byte for byte, its paths one by one."""

import httpx

from tests.dashboards.conftest import client, clock

__all__ = ["client", "clock"]

EXAMPLE = b"""{
"name": "Pump Monitoring",
"description": "Real-time pump health dashboard",
"layout": {
"columns": 24,
"widgets": [...]
}
}""".replace(b"[...]", b"[]")  # the reference's dots stand for widgets
HEADERS = {"Authorization": "Bearer YOUR_API_KEY", "Content-Type": "application/json"}


class TestDashboards:
    async def test_the_example_goes_through_every_endpoint(self, client: httpx.AsyncClient) -> None:
        made = await client.post("/dashboards", content=EXAMPLE, headers=HEADERS)
        assert made.status_code == 201
        data = made.json()["data"]
        assert data["name"] == "Pump Monitoring"
        assert data["description"] == "Real-time pump health dashboard"
        assert data["layout"] == {"columns": 24, "widgets": []}
        path = f"/dashboards/{data['id']}"

        listed = (await client.get("/dashboards", headers=HEADERS)).json()
        assert listed == {"data": [data], "meta": {"page": 1, "per_page": 20, "total": 1}}
        assert (await client.get(path, headers=HEADERS)).json() == {"data": data}
        changed = await client.put(path, content=EXAMPLE, headers=HEADERS)
        assert changed.json()["data"]["version"] == 2
        copy = await client.post(f"{path}/duplicate", headers=HEADERS)
        assert copy.status_code == 201
        assert copy.json()["data"]["name"] == "Pump Monitoring (copy)"
        gone = await client.delete(path, headers=HEADERS)
        assert gone.json() == {"data": {"id": data["id"], "deleted": True, "note": None}}
        assert (await client.get(path, headers=HEADERS)).status_code == 404
