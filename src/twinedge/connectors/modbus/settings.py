"""The settings of a Modbus source, as the API takes them and the UI draws them."""

from pydantic import BaseModel, ConfigDict, Field, field_validator


class ModbusSettings(BaseModel):
    """One Modbus TCP device, or one unit behind a gateway."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, title="Modbus TCP"
    )

    host: str = Field(
        title="Host",
        description="Name or IP address of the device or gateway.",
        min_length=1,
        max_length=253,
        examples=["192.168.1.50"],
    )
    port: int = Field(502, title="Port", description="TCP port.", ge=1, le=65535)
    unit_id: int = Field(
        1,
        title="Unit id",
        description="Address of the device behind the gateway (also: slave, station). Devices "
        "with a network port of their own mostly take 1 or 255. A tag may name another unit.",
        ge=0,
        le=255,
    )
    polling_interval_ms: int = Field(
        1000,
        title="Polling interval (ms)",
        description="How often tags are read that bring no interval of their own.",
        ge=100,
        le=3_600_000,
    )
    timeout_ms: int = Field(
        1000,
        title="Timeout (ms)",
        description="How long to wait for the answer to one request.",
        ge=50,
        le=20_000,
    )
    retries: int = Field(
        1,
        title="Retries",
        description="How often an unanswered request is sent again before its tags go bad.",
        ge=0,
        le=5,
    )
    max_gap: int = Field(
        16,
        title="Largest gap to read over",
        description="Unused registers between two tags that are read along to save a request. "
        "0 reads nothing but tags.",
        ge=0,
        le=124,
    )
    max_registers: int = Field(
        125,
        title="Registers per request",
        description="The standard allows 125; some devices take fewer.",
        ge=1,
        le=125,
    )
    max_bits: int = Field(
        2000,
        title="Coils per request",
        description="Coils or discrete inputs in one request. The standard allows 2000.",
        ge=1,
        le=2000,
    )
    request_delay_ms: int = Field(
        0,
        title="Pause between requests (ms)",
        description="For slow gateways and serial lines behind them.",
        ge=0,
        le=5000,
    )

    @field_validator("host")
    @classmethod
    def _host(cls, host: str) -> str:
        host = host.strip().removeprefix("[").removesuffix("]")
        if not host or any(c.isspace() or c in "/@?#" for c in host) or host.count(":") == 1:
            raise ValueError(
                "is not a host name or IP address; the port goes into its own field, and there "
                "is no scheme in front"
            )
        return host

    @property
    def timeout_s(self) -> float:
        return self.timeout_ms / 1000
