"""A generated layout is valid whatever the tags are."""

from hypothesis import given
from hypothesis import strategies as st

from twinedge.assets.model import Kind, Tag
from twinedge.dashboards.generate import layout_of
from twinedge.dashboards.grid import layout_faults
from twinedge.dashboards.widgets import Layout

tags = st.lists(
    st.tuples(st.sampled_from(list(Kind)), st.sampled_from(["°C", "bar", None])),
    min_size=1,
    max_size=60,
)


class TestLayoutOf:
    @given(tags)
    def test_any_asset_gets_a_valid_layout(self, kinds: list[tuple[Kind, str | None]]) -> None:
        asset = [
            Tag(number, "A", f"t{number}", kind, None, unit)
            for number, (kind, unit) in enumerate(kinds)
        ]
        layout = Layout.model_validate(layout_of(asset)).model_dump()
        assert layout_faults(layout) == []
