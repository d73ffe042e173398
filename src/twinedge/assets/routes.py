"""/assets: the things measured, with their tags."""

import json
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Path, Query, Response
from pydantic import Field, field_validator

from twinedge.assets.model import NAME_MAX, Asset, AssetChange, AssetFilter, Kind, Tag
from twinedge.assets.service import Assets
from twinedge.web.envelope import Body, Deleted, Item, Many, Moment, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.routing import Router

_PROPERTIES_MAX = 65_536
"""Bytes of an asset's properties as JSON."""

Name = Annotated[str, Field(min_length=1, max_length=NAME_MAX)]
AssetId = Annotated[
    str,
    Path(description="The caller's own id; slashes and other signs percent-encoded"),
]


class AssetBody(Body):
    """What to set. A field left out keeps its value; null takes type, parent or a unit away."""

    name: Annotated[Name, Field(description="For people; the id until it is set")] = ""
    description: Annotated[str, Field(max_length=4000)] = ""
    type: Annotated[Name | None, Field(description="Such as pump, motor, line")] = None
    parent: Annotated[Name | None, Field(description="Id of the asset this one is part of")] = None
    properties: Annotated[
        dict[str, Any], Field(description="Free facts: serial number, site, rated power")
    ] = Field(default_factory=dict)
    units: Annotated[
        dict[str, Annotated[str, Field(max_length=64)] | None],
        Field(description="Unit by tag name; the tags exist already, others keep theirs"),
    ] = Field(default_factory=dict)

    @field_validator("properties")
    @classmethod
    def _small(cls, value: dict[str, Any]) -> dict[str, Any]:
        if len(json.dumps(value)) > _PROPERTIES_MAX:
            raise ValueError(f"must not be longer than {_PROPERTIES_MAX} bytes of JSON")
        return value

    def change(self) -> AssetChange:
        given = self.model_fields_set - {"units", "parent"}
        values = {name: getattr(self, name) for name in given}
        if "parent" in self.model_fields_set:
            values["parent_id"] = self.parent
        return AssetChange(values, self.units)


class TagItem(Item):
    """One tag of an asset."""

    tag_name: str
    kind: Kind
    unit: str | None
    description: str | None
    data_source_id: str | None


class AssetItem(Item):
    """An asset with its tags."""

    id: str
    name: str
    description: str
    type: str | None
    parent: str | None
    properties: dict[str, Any]
    tags: list[TagItem]
    created_at: Moment
    updated_at: Moment
    version: int


def router(assets: Assets) -> Router:
    """The room's routes."""
    router = Router("/assets", tag="Assets", resource="assets")

    @router.get("")
    async def list_assets(
        paging: Annotated[Paging, Depends()],
        type: Annotated[str | None, Query(description="Only assets of this type")] = None,
        parent: Annotated[str | None, Query(description="Only assets right below this one")] = None,
        search: Annotated[
            str | None, Query(max_length=200, description="A text in id, name or description")
        ] = None,
    ) -> Many[AssetItem]:
        """Assets with their tags, newest first."""
        wanted = AssetFilter(type, parent, search)
        found, total = await assets.list(wanted, paging.offset, paging.per_page)
        items = [_item(asset, assets.tags_of(asset.id)) for asset in found]
        return Many[AssetItem].model_validate(paging.of(items, total))

    @router.get("/{id:path}")
    async def get_asset(id: AssetId, response: Response) -> One[AssetItem]:
        """One asset with its tags."""
        asset = await assets.get(id)
        set_etag(response, asset.version)
        return One(data=_item(asset, assets.tags_of(id)))

    @router.put("/{id:path}", responses={201: {"description": "The asset is new"}})
    async def put_asset(
        id: AssetId, body: AssetBody, guard: Guard, response: Response
    ) -> One[AssetItem]:
        """Describe an asset; one that does not exist is made (201)."""
        asset, is_new = await assets.put(id, body.change(), guard.check)
        if is_new:
            response.status_code = 201
            response.headers["Location"] = f"/v1/assets/{quote(id, safe='')}"
        set_etag(response, asset.version)
        return One(data=_item(asset, assets.tags_of(id)))

    @router.delete("/{id:path}")
    async def delete_asset(id: AssetId) -> One[Deleted]:
        """Remove an asset that never had a tag and is nobody's parent; else 409."""
        await assets.delete(id)
        return One(data=Deleted(id=id, deleted=True, note=None))

    return router


def _item(asset: Asset, tags: Sequence[Tag]) -> AssetItem:
    return AssetItem(
        id=asset.id,
        name=asset.name,
        description=asset.description,
        type=asset.type,
        parent=asset.parent_id,
        properties=dict(asset.properties),
        tags=[TagItem.model_validate(tag) for tag in tags],
        created_at=asset.created_us,
        updated_at=asset.updated_us,
        version=asset.version,
    )
