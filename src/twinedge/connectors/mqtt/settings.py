"""The settings of an MQTT source, as the API takes them and the UI draws them."""

from typing import Any, Literal, Self
from urllib.parse import urlsplit

import jmespath
from jmespath.exceptions import JMESPathError
from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from twinedge.assets.model import name_fault
from twinedge.connectors.mqtt.topics import template
from twinedge.kit.net import location

_SCHEMES = {"mqtt": 1883, "tcp": 1883, "mqtts": 8883, "ssl": 8883, "tls": 8883}
_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Topic(BaseModel):
    """One subscription and how its payloads become tags."""

    model_config = _STRICT

    topic: str = Field(
        title="Topic",
        description="May name its levels, as in plant/{asset_id}/{tag_name}; + and # are wild.",
        max_length=1000,
        examples=["plant/{asset_id}/{tag_name}"],
    )
    value_path: str | None = Field(
        None,
        title="Value path",
        description="JMESPath to the value. Without one a plain payload is the value, and every "
        "key of a JSON object becomes a tag.",
        max_length=500,
    )
    timestamp_path: str | None = Field(
        None,
        title="Timestamp path",
        description="JMESPath to the time: ISO 8601, or a number of s, ms, us or ns. Without one "
        "the keys timestamp, ts and time are looked for; else the arrival counts.",
        max_length=500,
    )
    quality_path: str | None = Field(
        None,
        title="Quality path",
        description="JMESPath to good, uncertain, bad, true, false or an OPC status code.",
        max_length=500,
    )
    asset_id: str | None = Field(
        None, title="Asset", description="The asset of all tags, when no level names it."
    )
    tag_name: str | None = Field(
        None, title="Tag", description="The tag's name, when no level names it."
    )

    @field_validator("topic")
    @classmethod
    def _topic(cls, text: str) -> str:
        template(text)
        return text

    @field_validator("value_path", "timestamp_path", "quality_path")
    @classmethod
    def _path(cls, path: str | None) -> str | None:
        if path is not None:
            check_path(path)
        return path

    @field_validator("asset_id", "tag_name")
    @classmethod
    def _name(cls, name: str | None) -> str | None:
        if name is not None and (fault := name_fault(name)):
            raise ValueError(fault)
        return name


class MqttSettings(BaseModel):
    """One MQTT broker and what to subscribe to."""

    model_config = ConfigDict(**_STRICT, title="MQTT", populate_by_name=True)

    broker_url: str | None = Field(
        None,
        title="Broker",
        description="mqtt://host:1883, or mqtts://host:8883 for TLS. Also: broker, url.",
        validation_alias=AliasChoices("broker_url", "broker", "url"),
        max_length=500,
        examples=["mqtts://broker.example.com:8883"],
    )
    host: str | None = Field(
        None, title="Host", description="In place of the broker URL.", max_length=253
    )
    port: int | None = Field(
        None, title="Port", description="Goes with the host; 1883.", ge=1, le=65535
    )
    client_id: str | None = Field(
        None,
        title="Client id",
        description="Must be the source's own at the broker. Made from the other settings if "
        "left out.",
        min_length=1,
        max_length=200,
    )
    username: str | None = Field(None, title="User name", description="If the broker asks for one.")
    password: SecretStr | None = Field(
        None, title="Password", description="Stored encrypted, never shown again."
    )
    qos: int = Field(
        1,
        title="QoS",
        description="0: may lose, 1: the broker repeats until it is stored here, 2: once.",
        ge=0,
        le=2,
    )
    keepalive: int = Field(
        10,
        title="Keep-alive (s)",
        description="A broker silent for a quarter more than this counts as lost.",
        ge=2,
        le=90,
    )
    version: Literal["auto", "5", "3.1.1"] = Field(
        "auto",
        title="MQTT version",
        description="auto tries 5, then 3.1.1. Name it where a broker leaves 5 unanswered, to "
        "save the wait.",
    )
    clean_session: bool = Field(
        False,
        title="Clean session",
        description="On: what the broker receives while TwinEdge is down is lost.",
    )
    session_expiry_s: int = Field(
        86_400,
        title="Session expiry (s)",
        description="How long the broker shall keep messages for us while we are away (MQTT 5).",
        ge=0,
        le=4_294_967_295,
    )
    ca_file: str | None = Field(
        None,
        title="CA file",
        description="PEM file with the authority that signed the broker's certificate, if it is "
        "not a public one.",
    )
    certificate_path: str | None = Field(
        None, title="Client certificate", description="PEM file, if the broker asks for one."
    )
    private_key_path: str | None = Field(
        None, title="Client key", description="PEM file of the client certificate's key."
    )
    insecure: bool = Field(
        False,
        title="Trust any certificate",
        description="Encrypts, but does not check who the broker is. For trials only.",
    )
    topics: list[Topic] = Field(
        default_factory=list,
        title="Topics",
        description="What to subscribe to, besides the topics of the tags.",
        max_length=1000,
    )
    max_tags: int = Field(
        10_000,
        title="Most tags",
        description="How many tags may come to light by themselves.",
        ge=0,
        le=1_000_000,
    )
    timeout_ms: int = Field(
        5000, title="Timeout (ms)", description="For connecting and subscribing.", ge=100, le=30_000
    )

    @field_validator("broker_url")
    @classmethod
    def _broker_url(cls, url: str | None) -> str | None:
        return None if url is None else _checked_url(url)

    @field_validator("topics", mode="before")
    @classmethod
    def _topics(cls, topics: Any) -> Any:
        """A topic may be written as mere text."""
        if isinstance(topics, list):
            return [{"topic": it} if isinstance(it, str) else it for it in topics]
        return topics

    @field_validator("host")
    @classmethod
    def _host(cls, host: str | None) -> str | None:
        if host is not None and (not host or any(c.isspace() or c in "/@?#" for c in host)):
            raise ValueError("is not a host name or IP address; a URL goes into broker_url")
        return host

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.broker_url is None) == (self.host is None):
            raise ValueError(
                "broker_url is missing"
                if self.host is None
                else "give either broker_url or host and port, not both"
            )
        if self.port is not None and self.host is None:
            raise ValueError("port goes with host; write it into broker_url")
        if (self.certificate_path is None) != (self.private_key_path is None):
            raise ValueError("certificate_path and private_key_path go together")
        if self.password is not None and not self.username:
            raise ValueError("a password needs a username")
        return self

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        if self.host is not None:
            return self.host, self.port or 1883
        parts = urlsplit(self.broker_url or "")
        return parts.hostname or "", parts.port or _SCHEMES[parts.scheme]

    @property
    def is_tls(self) -> bool:
        return self.broker_url is not None and _SCHEMES[urlsplit(self.broker_url).scheme] == 8883

    @property
    def endpoint(self) -> str:
        """mqtt://host:port or mqtts://host:port."""
        return ("mqtts://" if self.is_tls else "mqtt://") + location(*self.address)

    @property
    def timeout_s(self) -> float:
        return self.timeout_ms / 1000


def check_path(path: str) -> None:
    """Raises ValueError when this is no JMESPath."""
    try:
        jmespath.compile(path)
    except JMESPathError as error:
        raise ValueError(f"{path!r} is not a JMESPath: {str(error).splitlines()[0]}") from None


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise ValueError("is not a URL such as mqtt://host:1883") from None
    if parts.scheme not in _SCHEMES or not parts.netloc:
        if parts.scheme in {"ws", "wss"}:
            raise ValueError("MQTT over WebSocket is not supported; use the broker's TCP port")
        raise ValueError("must begin with mqtt:// or mqtts://, as in mqtt://host:1883")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not carry a password; use username and password")
    if not parts.hostname or port == 0:
        raise ValueError("has no host and port, as in mqtt://host:1883")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("ends after the port; topics have a field of their own")
    return url.strip()
