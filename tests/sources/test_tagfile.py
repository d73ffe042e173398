from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from twinedge.sources import tagfile
from twinedge.sources.model import Deadband, TagSpec
from twinedge.sources.schemas import TagIn
from twinedge.sources.tagdiff import difference

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")),
    min_size=1,
    max_size=20,
)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
JSON: st.SearchStrategy[Any] = st.dictionaries(TEXT, st.integers() | TEXT, max_size=3)
SPECS = st.builds(
    TagSpec,
    address=TEXT.filter(lambda text: not text.startswith("{")) | JSON,
    asset_id=TEXT,
    tag_name=TEXT,
    id=st.from_regex(r"[A-Za-z0-9_-]{0,20}", fullmatch=True),
    data_type=st.sampled_from(["bool", "float32", "string"]) | st.none(),
    length=st.integers(1, 2000) | st.none(),
    word_order=st.sampled_from(["big", "little"]),
    byte_order=st.sampled_from(["big", "little"]),
    bit=st.integers(0, 63) | st.none(),
    scale=NUMBER | st.none(),
    offset=NUMBER | st.none(),
    unit=TEXT | st.none(),
    interval_ms=st.integers(100, 3_600_000) | st.none(),
    deadband=st.builds(
        Deadband, st.sampled_from(["absolute", "percent"]), st.floats(0, 1e300)
    ) | st.none(),
    enabled=st.booleans(),
)  # fmt: skip


class TestRoundTrip:
    @given(st.lists(SPECS, max_size=5))
    def test_what_is_written_reads_the_same(self, specs: list[TagSpec]) -> None:
        lines = tagfile.read(tagfile.write(specs))
        assert [TagIn.model_validate(fields).to_spec() for _, fields in lines] == specs

    @given(st.lists(SPECS, max_size=5))
    def test_no_cell_is_a_formula(self, specs: list[TagSpec]) -> None:
        import csv
        import io

        for cells in csv.reader(io.StringIO(tagfile.write(specs), newline="")):
            for column, cell in zip(tagfile.COLUMNS, cells, strict=True):
                if column in {"scale", "offset"}:
                    continue
                assert not cell.startswith(("=", "+", "-", "@", "\t"))


class TestRead:
    def test_separators_and_byte_order_mark(self) -> None:
        for separator in ",;\t":
            text = "\ufeff" + separator.join(["address", "asset_id", "tag_name"]) + "\n"
            text += separator.join(["a", "b", "c"]) + "\n\n"
            assert tagfile.read(text) == [(2, {"address": "a", "asset_id": "b", "tag_name": "c"})]


class TestDifference:
    def test_an_id_follows_a_renamed_tag(self) -> None:
        old = [TagSpec("1", "a", "x", "one"), TagSpec("2", "a", "y", "two")]
        new = [TagSpec("1", "a", "renamed", "one"), TagSpec("2", "a", "y")]
        found = difference(old, new, remove_others=True)
        assert [(it.before.tag_name, it.after.tag_name) for it in found.changed] == [
            ("x", "renamed")
        ]
        assert (found.added, found.removed, found.unchanged) == ((), (), 1)

    @given(st.lists(SPECS, unique_by=lambda spec: (spec.asset_id, spec.tag_name)), st.booleans())
    def test_to_itself_is_nothing(self, specs: list[TagSpec], remove: bool) -> None:
        from dataclasses import replace

        old = [replace(spec, id=f"tag-{number}") for number, spec in enumerate(specs)]
        found = difference(old, [replace(spec, id="") for spec in old], remove_others=remove)
        assert (found.added, found.changed, found.removed) == ((), (), ())
        assert found.unchanged == len(old)
