"""A thin client of the REST API, for scripts, notebooks, our command line and the demo.

from twinedge.client import Client

with Client("http://127.0.0.1:8080", "te_…") as twinedge:
    twinedge.telemetry.latest("Pump_001")
    twinedge.telemetry.query(asset_id="Pump_001", tag_name="flow").to_pandas()
"""

from twinedge.client.client import Client
from twinedge.client.errors import ApiError, Unreachable

__all__ = ["ApiError", "Client", "Unreachable"]
