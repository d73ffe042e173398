"""The multipart body of an upload, piece by piece."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from twinedge.kit.errors import Invalid, UnsupportedMediaType
from twinedge.ml.datasets.receiving import receive

KIND = "multipart/form-data; boundary=xyz"
HEAD = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
CONTENT = b"a,b\r\n1,2\r\n--xy\r\n" * 100_000


async def pieces(body: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


@pytest.mark.parametrize("size", [7, 65_536, 10**9])
async def test_the_content_is_in_the_file_and_nowhere_else(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    content = CONTENT[:2000] if size == 7 else CONTENT
    await receive(KIND, pieces(HEAD + content + b"\r\n--xyz--\r\n", size), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == content


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        (KIND, HEAD + b"a\r\n" + HEAD + b"b\r\n--xyz--\r\n", "2 parts sent"),
        (KIND, b"--xyz--\r\n", "0 parts sent"),
        (KIND, b"", "0 parts sent"),
        (KIND, HEAD + b"a,b\r\n1,", "ends before its last boundary"),
        (KIND, b"\x7fELF" * 100, "cannot be read"),
        ("multipart/form-data", HEAD, "names no boundary"),
    ],
)
async def test_what_is_not_one_whole_part_is_told(
    tmp_path: Path, kind: str, body: bytes, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        await receive(kind, pieces(body, 50), tmp_path / "out")


@pytest.mark.parametrize("kind", ["", "text/csv", "application/json"])
async def test_another_type_of_body_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(UnsupportedMediaType, match="send multipart/form-data"):
        await receive(kind, pieces(b"a\n1\n", 50), tmp_path / "out")
