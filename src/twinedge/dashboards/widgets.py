"""The kinds of widgets and what each may be told; strict, one class a kind."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from twinedge.assets.model import NAME_MAX
from twinedge.dashboards.model import COLUMNS, Severity
from twinedge.kit.ids import ID_PATTERN
from twinedge.web.envelope import Body

_IMAGE_KINDS = ("png", "jpeg", "gif", "webp", "svg+xml")
_DAY_S = 86_400

Name = Annotated[str, Field(min_length=1, max_length=NAME_MAX)]
AssetRef = Annotated[
    str,
    Field(
        min_length=1,
        max_length=NAME_MAX,
        description="An asset id, or `${name}` of a variable of this dashboard",
        examples=["Pump_001", "${asset}"],
    ),
]
AlertStatus = Literal["active", "acknowledged", "resolved"]
_UNRESOLVED: tuple[AlertStatus, ...] = ("active", "acknowledged")
Label = Annotated[str, Field(max_length=200)]
Decimals = Annotated[int, Field(ge=0, le=9)]
WindowSeconds = Annotated[
    int, Field(ge=1, le=3660 * _DAY_S, description="How far back from now, in seconds")
]


class Pen(Body):
    """One tag drawn in a chart."""

    asset_id: AssetRef
    tag_name: Name
    label: Label | None = None
    axis: Literal["left", "right"] = "left"


class Threshold(Body):
    """A horizontal line in a chart, in the tag's unit."""

    value: float
    severity: Severity = "warning"
    label: Label | None = None


class TrendOptions(Body):
    """Tags over time."""

    series: Annotated[list[Pen], Field(min_length=1, max_length=50)]
    window_seconds: WindowSeconds = 3600
    band: bool = True
    y_min: float | None = None
    y_max: float | None = None
    thresholds: Annotated[list[Threshold], Field(max_length=20)] = Field(default_factory=list)

    @field_validator("y_max")
    @classmethod
    def _above(cls, value: float | None, info: object) -> float | None:
        low = getattr(info, "data", {}).get("y_min")
        if value is not None and low is not None and value <= low:
            raise ValueError("must be greater than y_min")
        return value


class ValueOptions(Body):
    """One tag's newest value."""

    asset_id: AssetRef
    tag_name: Name
    decimals: Decimals | None = None
    sparkline: bool = True


class GaugeOptions(Body):
    """One tag's newest value on a bar from `min` to `max`, with its normal band."""

    asset_id: AssetRef
    tag_name: Name
    min: float
    max: float
    normal_min: float | None = None
    normal_max: float | None = None
    decimals: Decimals | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max <= self.min:
            raise ValueError("max must be greater than min")
        low = self.min if self.normal_min is None else self.normal_min
        high = self.max if self.normal_max is None else self.normal_max
        if not self.min <= low <= high <= self.max:
            raise ValueError("the normal band must lie between min and max")
        return self


class StateTimelineOptions(Body):
    """States (booleans, texts) as bars over time."""

    series: Annotated[list[Pen], Field(min_length=1, max_length=20)]
    window_seconds: WindowSeconds = 3600


class TableOptions(Body):
    """The newest values of an asset's tags; without `tag_names`, of all of them."""

    asset_id: AssetRef
    tag_names: Annotated[list[Name], Field(max_length=200)] = Field(default_factory=list)


class AlertListOptions(Body):
    """Alerts that are not resolved, or those of the statuses given; empty lists mean any."""

    asset_id: AssetRef | None = None
    severities: Annotated[list[Severity], Field(max_length=3)] = Field(default_factory=list)
    statuses: Annotated[list[AlertStatus], Field(max_length=3)] = Field(
        default_factory=lambda: list(_UNRESOLVED)
    )
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class TextOptions(Body):
    """Words: paragraphs, `# headings`, `- lists`."""

    text: Annotated[str, Field(max_length=20_000)]


class ModelScoreOptions(Body):
    """A deployed model's score of an asset, 0 to 1, with the threshold drawn."""

    asset_id: AssetRef
    tag_name: Annotated[Name, Field(description="The model's output tag")]
    model_id: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.5
    window_seconds: WindowSeconds = 3600


class ImageOptions(Body):
    """A picture kept inside the dashboard; nothing is ever loaded from elsewhere."""

    source: Annotated[
        str,
        Field(
            max_length=700_000,
            description="`data:image/png;base64,…` (or jpeg, gif, webp, svg+xml)",
        ),
    ]
    alt: Annotated[str, Field(max_length=500, description="What it shows, in words")] = ""
    fit: Literal["contain", "cover"] = "contain"

    @field_validator("source")
    @classmethod
    def _inline(cls, value: str) -> str:
        starts = tuple(f"data:image/{kind};base64," for kind in _IMAGE_KINDS)
        if not value.startswith(starts):
            raise ValueError(f"must begin with one of {', '.join(starts)}")
        return value


class Place(Body):
    """Where a widget is, in grid units from the top left; `id` is made when left out."""

    id: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    title: Annotated[str, Field(max_length=200)] = ""
    x: Annotated[int, Field(ge=0, le=COLUMNS * 4)]
    y: Annotated[int, Field(ge=0, le=10_000)]
    w: Annotated[int, Field(ge=1, le=COLUMNS * 4)]
    h: Annotated[int, Field(ge=1, le=200)]


class TrendWidget(Place):
    type: Literal["trend"]
    options: TrendOptions


class ValueWidget(Place):
    type: Literal["value"]
    options: ValueOptions


class GaugeWidget(Place):
    type: Literal["gauge"]
    options: GaugeOptions


class StateTimelineWidget(Place):
    type: Literal["state_timeline"]
    options: StateTimelineOptions


class TableWidget(Place):
    type: Literal["table"]
    options: TableOptions


class AlertListWidget(Place):
    type: Literal["alert_list"]
    options: AlertListOptions = Field(default_factory=AlertListOptions)


class TextWidget(Place):
    type: Literal["text"]
    options: TextOptions


class ModelScoreWidget(Place):
    type: Literal["model_score"]
    options: ModelScoreOptions


class ImageWidget(Place):
    type: Literal["image"]
    options: ImageOptions


Widget = Annotated[
    TrendWidget
    | ValueWidget
    | GaugeWidget
    | StateTimelineWidget
    | TableWidget
    | AlertListWidget
    | TextWidget
    | ModelScoreWidget
    | ImageWidget,
    Field(discriminator="type"),
]


class Layout(Body):
    """A grid: `columns` wide, growing downwards."""

    columns: Annotated[int, Field(ge=1, le=COLUMNS * 4)] = COLUMNS
    widgets: Annotated[list[Widget], Field(max_length=200)] = Field(default_factory=list)


class Variable(Body):
    """A choice the viewer makes; widgets name it as `${name}` in place of an asset id."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    label: Label = ""
    type: Literal["asset"] = "asset"
    asset_type: Annotated[Name | None, Field(description="Offer only assets of this type")] = None
    default: Name | None = None
