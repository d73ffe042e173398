"""OpenAPI of the telemetry routes, which FastAPI cannot derive: they are plain Starlette routes."""

from typing import Any

from twinedge.telemetry.decode.line_protocol import PRECISIONS
from twinedge.telemetry.draft import TEXT_MAX
from twinedge.telemetry.encode.answer import ARROW, CSV, JSON, NDJSON, PARQUET
from twinedge.telemetry.model import QUALITY_WORDS
from twinedge.telemetry.query import AGGREGATIONS, MAX_LIMIT, MAX_POINTS

_TIME = {"type": "string", "format": "date-time", "examples": ["2026-01-06T10:00:00Z"]}
_NAME = {"type": "string", "minLength": 1, "maxLength": 200}
_VALUE = {
    "anyOf": [
        {"type": "number"},
        {"type": "boolean"},
        {"type": "string", "maxLength": TEXT_MAX},
    ],
    "examples": [65.5],
}
_SHOWN = {"anyOf": [{"type": t} for t in ("number", "boolean", "string", "null")]}
_QUALITY = {"type": "string", "enum": list(QUALITY_WORDS)}
_ROW: dict[str, Any] = {
    "timestamp": _TIME,
    "asset_id": {"type": "string", "examples": ["Pump_001"]},
    "tag_name": {"type": "string", "examples": ["temperature"]},
}
_POINT: dict[str, Any] = {
    "type": "object",
    "required": ["asset_id", "tag_name", "value"],
    "additionalProperties": False,
    "properties": {
        "asset_id": {**_NAME, "examples": ["Pump_001"]},
        "tag_name": {**_NAME, "examples": ["temperature"]},
        "value": _VALUE,
        "timestamp": {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "ISO 8601; without an offset it is UTC; now, if left out",
            "examples": ["2026-01-06T10:00:00Z"],
        },
        "quality": {"enum": [*QUALITY_WORDS, None], "default": "good"},
        "data_source_id": {"type": ["string", "null"], "description": "Claims the tag for it"},
    },
}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


_RAW_ROW = _object(_ROW | {"value": _SHOWN, "quality": _QUALITY})
_NUMBER = {"type": ["number", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_AGGREGATE_ROW = _object(_ROW | {"value": _NUMBER, "quality": _QUALITY, "count": _COUNT})
_ENVELOPE_ROW = _object(
    _ROW
    | dict.fromkeys(("min", "max", "avg", "first", "last"), _NUMBER)
    | {"quality": _QUALITY, "count": _COUNT}
)
_LATEST_ROW = _object(
    _ROW
    | {
        "value": _SHOWN,
        "quality": _QUALITY,
        "age_seconds": {"type": "number", "description": "Negative if the time is ahead of ours"},
    }
)
_ERRORS = {
    "type": "array",
    "items": _object({"field": {"type": "string"}, "message": {"type": "string"}}),
}


def _page(row: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    meta = {"limit": {"type": "integer"}, "next_cursor": {"type": ["string", "null"]}} | extra
    return _object({"data": {"type": "array", "items": row}, "meta": _object(meta)})


def _parameter(name: str, schema: dict[str, Any], description: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description} | more


def _list(name: str, description: str) -> dict[str, Any]:
    schema = {"type": "array", "items": {"type": "string", "minLength": 1}}
    text = description + " Repeat it or separate by commas."
    return _parameter(name, schema, text, style="form", explode=True)


_CURSOR_HEADER = {
    "X-Next-Cursor": {
        "description": "The cursor of the next page, for forms without `meta`",
        "schema": {"type": "string"},
    }
}
_INTERVAL = {"interval": {"type": ["string", "null"]}}
_QUERY: dict[str, Any] = {
    "tags": ["Telemetry"],
    "operationId": "query_telemetry",
    "summary": "Query telemetry",
    "description": (
        "Raw points, or with `aggregation` one row per tag and bucket, or with `max_points` an "
        "envelope for charts. The page after this one: repeat the query with `cursor`."
    ),
    "parameters": [
        _parameter("data_source_id", {"type": "string", "minLength": 1}, "Tags of this source"),
        _list("asset_id", "Assets."),
        _list("tag_name", "Tags."),
        _parameter("start", _TIME, "From here on (inclusive); default: the first point"),
        _parameter("end", _TIME, "Up to here (exclusive); default: the last point"),
        _parameter("aggregation", {"type": "string", "enum": list(AGGREGATIONS)}, "Per bucket"),
        _parameter(
            "interval",
            {
                "type": "string",
                "pattern": "^[1-9][0-9]{0,8}[smhdw]$",
                "examples": ["1m", "5m", "1h", "1d"],
            },
            "Bucket length, with `aggregation`; without it the whole range is one bucket",
        ),
        _parameter(
            "tz",
            {"type": "string", "examples": ["Europe/Berlin"]},
            "IANA time zone whose days and weeks the buckets follow, with `interval`",
        ),
        _list("quality", "Qualities: good, uncertain, bad, all."),
        _parameter("order", {"type": "string", "enum": ["asc", "desc"], "default": "asc"}, "Time"),
        _parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
            f"Rows; default 1000, with `max_points` {MAX_LIMIT}",
        ),
        _parameter("cursor", {"type": "string"}, "`meta.next_cursor` of the page before"),
        _parameter(
            "max_points",
            {"type": "integer", "minimum": 1, "maximum": MAX_POINTS},
            "At most so many buckets per tag; their length is chosen and no spike is lost",
        ),
    ],
    "responses": {
        "200": {
            "description": "Rows in the form that `Accept` asks for",
            "headers": _CURSOR_HEADER,
            "content": {
                JSON: {
                    "schema": {
                        "anyOf": [
                            _page(_RAW_ROW, {}),
                            _page(_AGGREGATE_ROW, _INTERVAL),
                            _page(_ENVELOPE_ROW, _INTERVAL),
                        ]
                    }
                },
                NDJSON: {"schema": {"type": "string"}},
                CSV: {"schema": {"type": "string"}},
                ARROW: {"schema": {"type": "string", "format": "binary"}},
                PARQUET: {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
}
_ACCEPTED = _object({"accepted": _COUNT})
_PARTLY = _object({"accepted": _COUNT, "rejected": _COUNT, "errors": _ERRORS})


def _ingest(operation_id: str) -> dict[str, Any]:
    return {
        "tags": ["Telemetry"],
        "operationId": operation_id,
        "summary": "Ingest telemetry",
        "description": (
            "Answered after the points are on disk. All or nothing: one bad point refuses the "
            "request and every fault is listed; with `partial=true` the good points are stored. "
            "Faults of text forms are named by line, `line[3].value`."
        ),
        "parameters": [
            _parameter("partial", {"type": "boolean", "default": False}, "Store the good points"),
            _parameter(
                "precision",
                {"type": "string", "enum": list(PRECISIONS), "default": "ns"},
                "Of the time stamps of line protocol (`text/plain`); not for other forms",
            ),
        ],
        "requestBody": {
            "required": True,
            "content": {
                JSON: {
                    "schema": {
                        "type": "object",
                        "required": ["data"],
                        "additionalProperties": False,
                        "properties": {"data": {"type": "array", "items": _POINT}},
                    }
                },
                NDJSON: {"schema": {"type": "string"}},
                CSV: {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string", "description": "Line protocol"}},
                ARROW: {"schema": {"type": "string", "format": "binary"}},
            },
        },
        "responses": {
            "200": {
                "description": "Stored",
                "content": {
                    JSON: {"schema": _object({"data": {"anyOf": [_ACCEPTED, _PARTLY]}})},
                },
            }
        },
    }


OPENAPI_PATHS: dict[str, Any] = {
    "/v1/telemetry": {"get": _QUERY, "post": _ingest("ingest_telemetry")},
    "/v1/telemetry/ingest": {"post": _ingest("ingest_telemetry_alias")},
    "/v1/telemetry/latest": {
        "get": {
            "tags": ["Telemetry"],
            "operationId": "latest_telemetry",
            "summary": "Get latest values",
            "description": "The newest point by its own time, one row per tag that has a point.",
            "parameters": [
                _parameter("asset_id", {"type": "string", "minLength": 1}, "Asset", required=True),
                _list("tags", "Tag names; default: all."),
            ],
            "responses": {
                "200": {
                    "description": "One row per tag; empty for an unknown asset",
                    "content": {
                        JSON: {"schema": _object({"data": {"type": "array", "items": _LATEST_ROW}})}
                    },
                }
            },
        }
    },
}
"""Path items by path, to be merged into the document."""
