"""The mapper of pydantic's errors: fields lead to the place, sentences are ours."""

import re
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError, field_validator

from twinedge.web.envelope import Body
from twinedge.web.faults import from_pydantic


class Inner(Body):
    port: int = Field(ge=1, le=65535)
    host: str = Field(min_length=1, max_length=5, pattern="^[a-z]*$")


class Left(Body):
    kind: Literal["left"]
    value: float = Field(gt=0, lt=9)


class Right(Body):
    kind: Literal["right"]
    value: list[bool] = Field(min_length=1, max_length=2)


class Outer(Body):
    inner: Inner
    side: Annotated[Left | Right, Field(discriminator="kind")]
    many: list[Inner] | dict[str, Inner] | None = None
    checked: str = "x"

    @field_validator("checked")
    @classmethod
    def _x(cls, value: str) -> str:
        if value != "x":
            raise ValueError("must be x")
        return value


def faults(body: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Outer).validate_python(body)
    found = from_pydantic(caught.value.errors(), body)
    return {fault.field: fault.message for fault in found}


GOOD: dict[str, Any] = {
    "inner": {"port": 1, "host": "a"},
    "side": {"kind": "left", "value": 1.0},
}


class TestWords:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"inner": None}, {"inner": "must be an object"}),
            ({"inner": {"port": 0, "host": ""}},
             {"inner.port": "must be at least 1", "inner.host": "must not be empty"}),
            ({"inner": {"port": 70000, "host": "abcdef"}},
             {"inner.port": "must be at most 65535",
              "inner.host": "must have at most 5 characters"}),
            ({"inner": {"port": 1, "host": "A"}},
             {"inner.host": "must match the pattern ^[a-z]*$"}),
            ({"inner": {}}, {"inner.port": "is required", "inner.host": "is required"}),
            ({"side": {}}, {"side": "needs 'kind' to say which kind it is"}),
            ({"side": {"kind": "up"}}, {"side.kind": "must be one of 'left', 'right'"}),
            ({"side": {"kind": "left", "value": 0}}, {"side.value": "must be greater than 0.0"}),
            ({"side": {"kind": "left", "value": 9}}, {"side.value": "must be less than 9.0"}),
            ({"side": {"kind": "left"}}, {"side.value": "is required"}),
            ({"side": {"kind": "right", "value": []}}, {"side.value": "must not be empty"}),
            ({"side": {"kind": "right", "value": [True] * 3}},
             {"side.value": "must have at most 2 items"}),
            ({"side": {"kind": "right", "value": ["x"]}},
             {"side.value[0]": "must be true or false"}),
            ({"checked": "y"}, {"checked": "must be x"}),
            ({"typo": 1}, {"typo": "is not a known field"}),
        ],
    )  # fmt: skip
    def test_are_plain(self, change: dict[str, Any], expected: dict[str, str]) -> None:
        assert faults(GOOD | change) == expected

    def test_names_of_union_branches_do_not_show(self) -> None:
        found = faults(GOOD | {"many": [{"port": 1, "host": "a"}, {"port": "x", "host": "b"}]})
        assert found["many[1].port"] == "must be a whole number"
        assert not any("Inner" in field or "list" in field for field in found)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 99999) | st.floats() | st.text(max_size=7),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["inner", "side", "many", "kind", "value", "port", "host", "checked"]),
            inner | st.sampled_from(["left", "right"]),
            max_size=6,
        )
    ),
    max_leaves=15,
)


class TestFields:
    @given(ANY)
    def test_all_but_their_last_part_lead_through_the_body(self, body: Any) -> None:
        try:
            TypeAdapter(Outer).validate_python(body)
        except ValidationError as error:
            found = from_pydantic(error.errors(), body)
            assert found
            assert len({fault.field for fault in found}) == len(found)
            for fault in found:
                assert fault.message
                if fault.field == "body":
                    continue
                parts = [
                    int(index) if index else name
                    for name, index in re.findall(r"([^.\[\]]+)(?![^\[]*\])|\[(\d+)\]", fault.field)
                ]
                here = body
                for part in parts[:-1]:
                    here = here[part]
