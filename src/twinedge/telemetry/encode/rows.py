"""Pages as rows of text: JSON (the reference's form), NDJSON, CSV. Written in slices from columns.

A slice of 2 000 rows takes about a millisecond, so whoever sends can let others run in between.
"""

import csv
import io
from collections.abc import Iterator

import msgspec
import numpy as np

from twinedge.assets.model import Kind, Tag
from twinedge.telemetry.model import QUALITY_WORDS
from twinedge.telemetry.search import Page
from twinedge.telemetry.times import write_times

SLICE_ROWS = 2000

to_json = msgspec.json.Encoder().encode


def json_slices(page: Page) -> Iterator[bytes]:
    """{"data": [row, …], "meta": {…}}, in parts."""
    yield b'{"data":['
    for start in range(0, len(page), SLICE_ROWS):
        part = ",".join(json_rows(page, slice(start, start + SLICE_ROWS)))
        yield (("," if start else "") + part).encode()
    yield b'],"meta":' + to_json(meta_of(page)) + b"}"


def ndjson_slices(page: Page) -> Iterator[bytes]:
    """One row a line."""
    for start in range(0, len(page), SLICE_ROWS):
        rows = json_rows(page, slice(start, start + SLICE_ROWS))
        yield ("\n".join(rows) + "\n").encode()


def meta_of(page: Page) -> dict[str, object]:
    """What the answer says beside the rows."""
    meta: dict[str, object] = {"limit": page.limit, "next_cursor": page.next_cursor}
    if not page.raw:
        meta["interval"] = page.interval
    return meta


def json_rows(page: Page, part: slice) -> list[str]:
    """One JSON object a row: the reference's fields in its order, and `count` of aggregates."""
    names = {
        number: f'","asset_id":{_quoted(tag.asset_id)},"tag_name":{_quoted(tag.tag_name)}'
        for number, tag in _tags(page, part)
    }
    ends = [f',"quality":"{word}"' for word in QUALITY_WORDS]
    times = write_times(page.ts[part])
    series = page.series[part].tolist()
    quality = page.quality[part].tolist()
    values = {name: json_values(page, name, part) for name in page.columns}
    if page.count is None:
        return [
            f'{{"timestamp":"{time}{names[number]},"value":{value}{ends[word]}}}'
            for time, number, value, word in zip(
                times, series, values["value"], quality, strict=True
            )
        ]
    columns = list(zip(*values.values(), strict=True))
    keys = [f',"{name}":' for name in values]
    counts = page.count[part].tolist()
    return [
        f'{{"timestamp":"{time}{names[number]}'
        f"{''.join([key + value for key, value in zip(keys, row, strict=True)])}"
        f'{ends[word]},"count":{count}}}'
        for time, number, row, word, count in zip(
            times, series, columns, quality, counts, strict=True
        )
    ]


def json_values(page: Page, name: str, part: slice) -> list[str]:
    """A column as JSON: true and false of booleans, texts, exact digits; null for no value."""
    column = page.columns[name][part]
    rows = (column.astype(np.int64) if page.is_count else column).tolist()
    if not rows:
        return []
    words = to_json(rows)[1:-1].decode().split(",")  # NaN is written null
    if not page.raw:
        return words
    series = page.series[part]
    for number, tag in _tags(page, part):
        if tag.kind is not Kind.BOOLEAN:
            continue
        for row in np.flatnonzero(series == number).tolist():
            if words[row] != "null":
                words[row] = "true" if rows[row] else "false"
    if page.text is not None:
        for row, text in enumerate(page.text[part]):
            if text is not None:
                is_text = page.tags[int(series[row])].kind is Kind.TEXT
                words[row] = _quoted(text) if is_text else text
    return words


def csv_slices(page: Page) -> Iterator[bytes]:
    """RFC 4180 with a header: lines end in CR LF, texts are quoted where they must be."""
    header = ["timestamp", "asset_id", "tag_name", *page.columns, "quality"]
    if page.count is not None:
        header.append("count")
    yield (",".join(header) + "\r\n").encode()
    for start in range(0, len(page), SLICE_ROWS):
        part = slice(start, start + SLICE_ROWS)
        columns: list[list[str]] = [
            write_times(page.ts[part]),
            _named(page, part),
            *(_csv_values(page, name, part) for name in page.columns),
            [QUALITY_WORDS[word] for word in page.quality[part].tolist()],
        ]
        if page.count is not None:
            columns.append([str(count) for count in page.count[part].tolist()])
        yield "".join([",".join(row) + "\r\n" for row in zip(*columns, strict=True)]).encode()


def _named(page: Page, part: slice) -> list[str]:
    names = {number: _csv_row(tag.asset_id, tag.tag_name) for number, tag in _tags(page, part)}
    return [names[number] for number in page.series[part].tolist()]


def _csv_values(page: Page, name: str, part: slice) -> list[str]:
    words = ["" if word == "null" else word for word in json_values(page, name, part)]
    if page.raw and page.text is not None:
        for row, text in enumerate(page.text[part]):
            if text is not None:
                words[row] = _csv_row(text)
    return words


def _csv_row(*texts: str) -> str:
    line = io.StringIO()
    # line breaks inside a text are quoted only because they are part of the line's end here
    csv.writer(line, lineterminator="\r\n").writerow(texts)
    return line.getvalue().removesuffix("\r\n")


def _quoted(text: str) -> str:
    return to_json(text).decode()


def _tags(page: Page, part: slice) -> list[tuple[int, Tag]]:
    return [(number, page.tags[number]) for number in np.unique(page.series[part]).tolist()]
