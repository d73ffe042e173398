"""Pages as Arrow: the IPC stream for programs and our own charts, Parquet for files."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from twinedge.telemetry.model import QUALITY_WORDS
from twinedge.telemetry.search import Page


def table_of(page: Page) -> pa.Table:
    """The page's columns: timestamp (µs, UTC), asset_id, tag_name, the values, quality.

    Names and quality are dictionaries. Raw points have `value` (double; booleans 0 and 1; null
    where there is none) and `text` (texts, and digits of integers beyond 2^53); aggregates end
    with `count`.
    """
    numbers, place = np.unique(page.series, return_inverse=True)
    tags = [page.tags[number] for number in numbers.tolist()]
    columns: dict[str, pa.Array] = {
        "timestamp": pa.array(page.ts, pa.timestamp("us", "UTC")),
        "asset_id": _words(place, [tag.asset_id for tag in tags]),
        "tag_name": _words(place, [tag.tag_name for tag in tags]),
    }
    for name, column in page.columns.items():
        columns[name] = pa.array(column, pa.float64(), from_pandas=True)
    if page.raw:
        texts = pa.nulls(len(page), pa.string())
        columns["text"] = texts if page.text is None else pa.array(page.text, pa.string())
    columns["quality"] = _words(page.quality, list(QUALITY_WORDS))
    if page.count is not None:
        columns["count"] = pa.array(page.count, pa.int64())
    return pa.table(columns)


def stream_bytes(page: Page) -> bytes:
    """The page as an Arrow IPC stream."""
    table = table_of(page)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def parquet_bytes(page: Page) -> bytes:
    """The page as a Parquet file, zstd."""
    sink = io.BytesIO()
    pq.write_table(table_of(page), sink, compression="zstd")
    return sink.getvalue()


def _words(codes: "np.ndarray[tuple[int], np.dtype[np.integer]]", words: list[str]) -> pa.Array:
    """A dictionary column; words may repeat, Arrow wants them once."""
    once = list(dict.fromkeys(words))
    place = {word: index for index, word in enumerate(once)}
    mapped = np.array([place[word] for word in words], np.int32)
    indices = mapped[codes] if len(words) else np.empty(0, np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(indices), pa.array(once, pa.string()))
