"""Uploaded files: the usual dialects read right, bad ones named by line and column."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from twinedge.ml.datasets.model import BadFile
from twinedge.ml.datasets.reading import read_file
from twinedge.ml.datasets.taking import take


def read(tmp_path: Path, content: bytes | str, encoding: str = "utf-8") -> pa.Table:
    path = tmp_path / "upload"
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return read_file(path)


GERMAN = 'Zeit;Druck;Gerät\n06.01.2026 10:00:00;4,5;"Pumpe ""A"""\n06.01.2026 10:01:00;5,25;B\n'


class TestCsvDialects:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_semicolon_decimal_comma_and_german_dates(self, tmp_path: Path, encoding: str) -> None:
        table = read(tmp_path, GERMAN, encoding)
        assert table.column_names == ["Zeit", "Druck", "Gerät"]
        assert table.column("Druck").to_pylist() == [4.5, 5.25]
        assert table.column("Gerät").to_pylist() == ['Pumpe "A"', "B"]
        assert str(table.column("Zeit")[1].as_py()) == "2026-01-06 10:01:00"

    @pytest.mark.parametrize(
        "text",
        [
            "a,b\n1,2.5\n3,4.5\n",
            "a\tb\n1\t2.5\n3\t4.5\n",
            "a|b\n1|2.5\n3|4.5",
            "sep=;\na;b\n1;2,5\n3;4,5\n",
            "# made by a historian\n# twice\na,b\r\n1,2.5\r\n3,4.5\r\n",
            'a,b\n"1","2,5"\n"3","4,5"\n',
            "a , b\n1,2.5\n\n3,4.5\n",
        ],
    )
    def test_delimiters_preambles_and_quotes(self, tmp_path: Path, text: str) -> None:
        assert read(tmp_path, text).to_pydict() == {"a": [1, 3], "b": [2.5, 4.5]}

    def test_blanks_without_a_header(self, tmp_path: Path) -> None:
        table = read(tmp_path, "1   2.5  7\n3 4.5  8\n")
        assert [c.to_pylist() for c in table.columns] == [[1, 3], [2.5, 4.5], [7, 8]]

    def test_line_breaks_within_quotes(self, tmp_path: Path) -> None:
        table = read(tmp_path, 'note,x\n"two\nlines",1\n"one, line",2\n')
        assert table.to_pydict() == {"note": ["two\nlines", "one, line"], "x": [1, 2]}

    def test_words_for_nothing_are_missing(self, tmp_path: Path) -> None:
        table = read(tmp_path, "a,b\n1,x\nNaN,-\n,No Data\n4,\n")
        assert table.column("a").to_pylist() == [1, None, None, 4]
        assert table.column("b").null_count == 3

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("1767693600", "2026-01-06 10:00:00"),
            ("1767693600000", "2026-01-06 10:00:00"),
            ("1767693600.5", "2026-01-06 10:00:00.500000"),
            ("1767693600123456789", "2026-01-06 10:00:00.123456"),
            ("2026-01-06T10:00:00Z", "2026-01-06 10:00:00"),
            ("2026-01-06T12:00:00+02:00", "2026-01-06 10:00:00"),
            ("2026-01-06 10:00:00.250", "2026-01-06 10:00:00.250000"),
            ("01/06/2026 10:00:00", "2026-01-06 10:00:00"),
        ],
    )
    def test_times(self, tmp_path: Path, text: str, expected: str) -> None:
        value = read(tmp_path, f"time,x\n{text},1\n").column("time").cast(pa.timestamp("us"))[0]
        assert str(value.as_py()) == expected

    def test_a_day_above_twelve_tells_that_days_come_first(self, tmp_path: Path) -> None:
        table = read(tmp_path, "t,x\n06/01/2026 10:00,1\n13/01/2026 10:00,2\n")
        assert str(table.column("t")[0].as_py()) == "2026-01-06 10:00:00"

    def test_a_small_number_called_time_stays_a_number(self, tmp_path: Path) -> None:
        assert read(tmp_path, "time,x\n0,1\n1,2\n").column("time").to_pylist() == [0, 1]

    def test_nameless_columns_are_numbered(self, tmp_path: Path) -> None:
        assert read(tmp_path, ",a\n0,5\n").column_names == ["column_1", "a"]

    def test_all_missing_columns_are_kept(self, tmp_path: Path) -> None:
        assert read(tmp_path, "a,b\n1,\n2,\n").column("b").null_count == 2


class TestOtherKinds:
    def test_json_lines(self, tmp_path: Path) -> None:
        table = read(tmp_path, '{"time": 1767693600, "a": 1}\n\n{"a": 2.5, "ok": true}\n')
        assert table.column("a").to_pylist() == [1, 2.5]
        assert str(table.schema.field("time").type) == "timestamp[us, tz=UTC]"

    def test_parquet(self, tmp_path: Path) -> None:
        pq.write_table(pa.table({"a": [1.0, None]}), tmp_path / "upload")
        assert read_file(tmp_path / "upload").column("a").to_pylist() == [1.0, None]


BAD: list[tuple[str, bytes, str]] = [
    ("program", b"\x7fELF\x02\x01\x01" + b"\0" * 100, "a Linux program"),
    ("program for Windows", b"MZ\x90\0" + b"\0" * 100, "a Windows program"),
    ("Excel", b"PK\x03\x04rest", "a ZIP or Excel file"),
    ("empty", b"", "the file is empty"),
    ("blank", b" \n\r\n ", "the file is empty"),
    ("header only", b"a,b\n", "no rows"),
    ("ragged", b"a,b\n1,2\n1,2,3\n", "line 3: 3 columns where 2"),
    ("ragged, after quotes", b'a,b\n"x\ny",2\n1\n', "1 columns where 2"),
    ("binary", b"a,b\n1,\0\n", "line 2, column 3"),
    ("twice", b"a,b,a\n1,2,3\n", "line 1, column 3: column name 'a'"),
    ("wide", (",".join(f"c{i}" for i in range(5000)) + "\n").encode(), "5000 columns"),
    ("long line", b"a,b\n" + b"x" * (2**20 + 10) + b",1\n", "line 2: is longer than 1 MiB"),
    ("broken UTF-8", "a,ä\n1,2\n3,".encode() + b"\xff\n", "line 3, column 3: byte 0xFF"),
    ("broken UTF-16", "a,b\n1,2\n".encode("utf-16")[:-1], "UTF-16"),
    ("broken JSON", b'{"a": 1}\n{"a": \n', "line 2, column"),
    ("JSON of other types", b'{"a": 1}\n{"a": "x"}\n', "line 2: 'a' is a text"),
    ("JSON list", b'[{"a": 1}]', "one object a line"),
    ("nested JSON", b'{"a": {"b": 1}}\n', "'a' holds objects"),
    ("JSON without fields", b"{}\n{}\n", "no fields"),
    ("open quote", b'a,b\n"1,2\n3,4\n', "line"),
    ("damaged Parquet", b"PAR1" + b"x" * 100, "damaged"),
    ("cut Parquet", b"PAR1", "damaged"),
]


class TestBadFiles:
    @pytest.mark.parametrize(("content", "words"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
    def test_are_refused_in_words(self, tmp_path: Path, content: bytes, words: str) -> None:
        with pytest.raises(BadFile) as refused:
            read(tmp_path, content)
        assert words in refused.value.message
        assert refused.value.faults[0].field == "file"

    def test_too_many_cells_in_a_parquet_file_are_seen_before_it_is_unpacked(
        self, tmp_path: Path
    ) -> None:
        column = pa.array(np.zeros(30_000_000, np.int8))
        pq.write_table(pa.table({"a": column, "b": column}), tmp_path / "upload")
        assert (tmp_path / "upload").stat().st_size < 1_000_000
        with pytest.raises(BadFile, match="30000000 rows of 2 columns"):
            read_file(tmp_path / "upload")

    def test_columns_of_a_parquet_file_are_named_once(self, tmp_path: Path) -> None:
        table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
        pq.write_table(table, tmp_path / "upload")
        with pytest.raises(BadFile, match="'a' occurs more than once"):
            read_file(tmp_path / "upload")


class TestClean:
    def test_a_column_that_cannot_be_kept_is_named(self, tmp_path: Path) -> None:
        table = pa.table({"raw": pa.array([b"\xff\xfe"], pa.binary())})
        pq.write_table(table, tmp_path / "upload")
        with pytest.raises(BadFile, match="column 'raw'"):
            take(tmp_path / "upload", tmp_path / "datasets")


class TestTake:
    """In a child with a memory limit."""

    def test_a_large_file(self, tmp_path: Path) -> None:
        path = tmp_path / "upload"
        path.write_text("a,b\n" + "1,2.5\n" * 400_000)
        assert path.stat().st_size > 2 * 2**20
        snapshot = take(path, tmp_path / "datasets")
        assert snapshot.row_count == 400_000
        assert (tmp_path / "datasets" / snapshot.file).exists()

    def test_a_fault_keeps_its_words(self, tmp_path: Path) -> None:
        path = tmp_path / "upload"
        path.write_text("a,b\n" + "1,2.5\n" * 400_000 + "1\n")
        with pytest.raises(BadFile, match="1 columns where 2"):
            take(path, tmp_path / "datasets")

    def test_a_bomb_meets_the_limit_and_takes_nobody_along(self, tmp_path: Path) -> None:
        """A page of one long text, repeated: few cells and bytes, gigabytes when unpacked."""
        text = pa.array(["x" * 2**20]).dictionary_encode()
        many = pa.DictionaryArray.from_arrays(pa.array(np.zeros(6000, np.int32)), text.dictionary)
        pq.write_table(pa.table({"a": many}), tmp_path / "upload", compression="zstd")
        assert (tmp_path / "upload").stat().st_size < 1_000_000
        with pytest.raises(BadFile, match=r"memory|unpacks"):
            take(tmp_path / "upload", tmp_path / "datasets")


def test_json_lines_of_many_kinds_survive(tmp_path: Path) -> None:
    rows = [{"x": i / 7, "name": f"p{i % 3}", "on": i % 2 == 0} for i in range(1000)]
    table = read(tmp_path, "\n".join(json.dumps(row) for row in rows))
    assert table.to_pylist() == rows
