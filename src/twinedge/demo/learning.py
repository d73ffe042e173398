"""The demo's model: learns how Pump_001 behaves while it is healthy, then watches it live.

Made through our own REST API like everything else: a dataset from the plant's own physics (other
random numbers than those played now), a training, a deployment, and a rule on the score. Each step
is done only when its result is missing, so what a person has changed stays.
"""

import io
import time
from collections.abc import Callable
from typing import Any

from twinedge.client import Client
from twinedge.demo.plant import Plant
from twinedge.kit.clock import US
from twinedge.kit.errors import TwinEdgeError

PUMP = "Pump_001"
FEATURES = (
    "vibration_rms", "bearing_temperature", "temperature", "flow", "discharge_pressure",
)  # fmt: skip
DATASET_ID = "demo-pump-health"
MODEL_NAME = "Pump health"
RULE_ID = "demo-pump-health"
ALGORITHM = "adaptive_mahalanobis"
_DAYS = (101, 102, 103, 104)
"""Seeds of the days learned from; half an hour of each."""
_DAY_S = 1800
_FIRST_US = 1_767_225_600 * US
_TRAINING_S = 120.0
_POLL_S = 0.2


class NotLearned(TwinEdgeError):
    """The training ended without a model; the message says why."""


def teach(client: Client, say: Callable[[str], None]) -> str:
    """Make whatever is missing; answers the id of the model that watches, or would."""
    states = {dataset["id"]: dataset["status"] for dataset in client.pages("/ml/datasets")}
    if states.get(DATASET_ID) != "ready":
        say(f"recording two healthy hours of {PUMP} to learn from")
        dataset(client, is_new=DATASET_ID not in states)
    models = list(client.pages("/ml/models", name=MODEL_NAME))
    if models:
        id: str = models[0]["id"]
    else:
        say(f"training {ALGORITHM} on them")
        id = train(client)
        client.post(f"/ml/models/{id}/deploy", {"asset_id": PUMP})
        say(f"the model watches {PUMP}: see the tag '{MODEL_NAME}.score'")
    rule(client, id)
    return id


def dataset(client: Client, is_new: bool) -> None:
    """The rows, uploaded as a file; a dataset that was made but not filled is filled."""
    body = {
        "id": DATASET_ID,
        "name": f"{PUMP}, healthy",
        "description": f"Half an hour of each of {len(_DAYS)} days on which nothing was wrong",
    }
    if is_new:
        client.post("/ml/datasets", body)
    path = f"/ml/datasets/{DATASET_ID}/upload"
    client.upload(path, "healthy.parquet", recording(), "application/vnd.apache.parquet")


def recording() -> bytes:
    """Healthy rows as Parquet: timestamp, and the features once a second."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    times: list[int] = []
    columns: dict[str, list[Any]] = {name: [] for name in FEATURES}
    for day, seed in enumerate(_DAYS):
        plant = Plant(seed, past_s=0)
        for second in range(_DAY_S):
            values = plant.advance({})
            times.append(_FIRST_US + (day * 86_400 + second) * US)
            for name in FEATURES:
                columns[name].append(values[f"{PUMP}.{name}"])
    table = pa.table({"timestamp": pa.array(times, pa.timestamp("us", "UTC")), **columns})
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def train(client: Client) -> str:
    """Train and wait; answers the model's id. Raises NotLearned."""
    body = {
        "name": MODEL_NAME,
        "dataset_id": DATASET_ID,
        "algorithm": ALGORITHM,
        "features": list(FEATURES),
    }
    job = client.post("/ml/training", body)
    deadline_s = time.monotonic() + _TRAINING_S
    while job["status"] in {"queued", "running"}:
        if time.monotonic() > deadline_s:
            raise NotLearned(f"the training took longer than {_TRAINING_S:.0f} s")
        time.sleep(_POLL_S)
        job = client.get(f"/ml/training/{job['id']}")
    if job["model_id"] is None:
        raise NotLearned(f"the training {job['status']}: {job['error'] or job['message']}")
    model_id: str = job["model_id"]
    return model_id


def rule(client: Client, model_id: str) -> None:
    """An alert on the score: long before the vibration reaches its own limit."""
    if RULE_ID in {rule["id"] for rule in client.pages("/alert-rules")}:
        return
    client.post(
        "/alert-rules",
        {
            "id": RULE_ID,
            "name": "Pump behaves unlike before",
            "description": "The model's score is 0.5 where it has never been while all was well. "
            f"The tag '{MODEL_NAME}.top' says which reading is to blame.",
            "severity": "warning",
            "condition": {
                "model_id": model_id, "operator": "gt", "value": 0.5, "duration_seconds": 5,
                "clear_value": 0.45,
            },
            "notifications": [],
        },
    )  # fmt: skip
