"""All settings: command line over environment (`TWINEDGE_*`) over a TOML file over defaults.

Only `app` and `cli` read this module; rooms get plain arguments.
"""

import ipaddress
import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import AnyHttpUrl, BaseModel, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from twinedge.kit.errors import Fault, Invalid


class SmtpSettings(BaseModel, extra="forbid"):
    """The mail server for e-mail notifications."""

    host: str | None = Field(None, description="Mail server; empty: e-mail is not configured")
    port: int = Field(587, ge=1, le=65535, description="Port; 587 with STARTTLS, 465 with TLS")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="Encryption")
    username: str | None = Field(None, description="Login; empty: none")
    password: SecretStr | None = Field(None, description="Password of the login")
    sender: str = Field("twinedge@localhost", description="From address")


class LimitSettings(BaseModel, extra="forbid"):
    """How large a request may be."""

    body_mb: int = Field(32, ge=1, le=1024, description="Request body after inflating, MiB")
    points_per_request: int = Field(
        50_000, ge=1, le=1_000_000, description="Points in one JSON body; Arrow takes more"
    )
    upload_mb: int = Field(512, ge=1, le=65536, description="Uploaded dataset file, MiB")
    answer_points: int = Field(
        100_000, ge=1, le=1_000_000, description="Most rows one telemetry query answers"
    )


class StoreSettings(BaseModel, extra="forbid"):
    """The telemetry store."""

    memory_mb: int = Field(1024, ge=128, description="Memory DuckDB may use, MiB")
    queued_points: int = Field(
        2_000_000, ge=10_000, description="Points that may wait for the disk before 503"
    )
    move_after_s: float = Field(
        3600, ge=1, description="Seconds until new points are moved into sorted history"
    )
    retention_days: int | None = Field(
        None, ge=1, description="Days to keep telemetry; empty: for ever"
    )


class TrainingSettings(BaseModel, extra="forbid"):
    """What one training of a model may use."""

    memory_mb: int = Field(4096, ge=256, description="Memory of a training process, MiB")
    threads: int = Field(1, ge=1, le=64, description="Threads of a training process")
    time_s: float = Field(3600, ge=1, description="Longest time of a training, seconds")


class BackupSettings(BaseModel, extra="forbid"):
    """Copies of everything, kept in `backups/` of the data directory."""

    every_hours: float | None = Field(
        None, gt=0, description="Take one by itself so often; empty: only when asked"
    )
    keep: int = Field(7, ge=1, description="How many to keep when taken by itself")


class Settings(BaseSettings):
    """Every setting of `twinedge serve`, with its default."""

    model_config = SettingsConfigDict(
        env_prefix="TWINEDGE_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
    )

    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0: any free one")
    data_dir: Path = Field(Path("data"), description="Where everything is kept")
    database_url: SecretStr | None = Field(
        None, description="Metadata database (postgresql://…); empty: SQLite in the data directory"
    )
    api_key: SecretStr | None = Field(
        None, min_length=16, description="The admin key; empty: one is made at the first start"
    )
    allow_public: bool = Field(
        False, description="Listen on a public address without TLS (a proxy does TLS)"
    )
    tls_certificate: Path | None = Field(None, description="TLS certificate chain, PEM")
    tls_key: Path | None = Field(None, description="TLS private key, PEM")
    public_url: AnyHttpUrl | None = Field(
        None, description="How people reach this server; used in links of messages"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Log level")
    log_format: Literal["auto", "json", "console"] = Field(
        "auto", description="auto: console on a terminal, else JSON"
    )
    rate_limit: Literal["generous", "trial", "starter", "professional", "off"] = Field(
        "generous", description="Preset of the request and ingest limits"
    )
    webhook_allowed_hosts: list[str] = Field(
        [], description="Private or loopback hosts that webhooks may reach"
    )
    heartbeat_url: AnyHttpUrl | None = Field(
        None, description="Called every minute while alerting works (dead-man's switch)"
    )
    limits: LimitSettings = LimitSettings()
    store: StoreSettings = StoreSettings()
    training: TrainingSettings = TrainingSettings()
    smtp: SmtpSettings = SmtpSettings()
    backup: BackupSettings = BackupSettings()

    @model_validator(mode="after")
    def _safe_bind(self) -> "Settings":
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ValueError("tls_certificate and tls_key belong together: give both or none")
        if not self.allow_public and self.tls_certificate is None and not _is_loopback(self.host):
            raise ValueError(
                f"host {self.host!r} can be reached from outside and there is no TLS: set "
                "tls_certificate and tls_key, or allow_public when a proxy in front does TLS"
            )
        return self

    @property
    def metadata_url(self) -> str:
        """The SQLAlchemy URL of the metadata database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'twinedge.db'}"

    @property
    def admin_key_file(self) -> Path:
        """Where the admin key made at the first start is kept."""
        return self.data_dir / "admin.key"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


FILE_VARIABLE = "TWINEDGE_CONFIG"
_CLIENT_VARIABLES = {FILE_VARIABLE, "TWINEDGE_URL"}
"""Variables of the command line, not of the server."""


def load(file: Path | None = None, **overrides: Any) -> Settings:
    """Read the settings; overrides (from the command line) that are None do not count.

    Raises Invalid with one fault per wrong setting, named as in the TOML file.
    """
    file = file or (Path(os.environ[FILE_VARIABLE]) if FILE_VARIABLE in os.environ else None)
    if file is not None and not file.is_file():
        raise Invalid.at("config", f"there is no settings file {str(file)!r}")
    faults = _unknown_variables()

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        settings = FromFile(**{key: value for key, value in overrides.items() if value is not None})
    except ValidationError as error:
        for e in error.errors():
            field = ".".join(str(part) for part in e["loc"]) or "host"
            faults.append(Fault(field, e["msg"].removeprefix("Value error, ")))
    except (tomllib.TOMLDecodeError, SettingsError) as error:
        faults.append(Fault("config", str(error)))
    if faults:
        raise Invalid("the settings are wrong", faults)
    return settings


def _unknown_variables() -> list[Fault]:
    """A mistyped variable would silently change nothing, so it is a fault."""
    known = {f"TWINEDGE_{name.upper()}" for name in Settings.model_fields}
    return [
        Fault(variable, "is not a setting; `twinedge config show` lists all")
        for variable in sorted(os.environ)
        if variable.startswith("TWINEDGE_")
        and not variable.startswith("TWINEDGE_TEST_")
        and variable not in _CLIENT_VARIABLES
        and variable.split("__")[0] not in known
    ]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
