"""The settings of an OPC UA source, as the API takes them and the UI draws them."""

import re
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

DEFAULT_PORT = 4840

Mode = Literal["None", "Sign", "SignAndEncrypt"]
Policy = Literal["None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"]
Login = Literal["anonymous", "username_password", "certificate"]

_THUMBPRINT = re.compile(r"^([0-9a-f]{40}|[0-9a-f]{64})$")


class Authentication(BaseModel):
    """Who we are to the server. `type` follows from what is given."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    type: Login | None = Field(
        None, title="Sign in as", description="Nobody, a user with a password, or a certificate."
    )
    username: str | None = Field(None, title="User name", max_length=200)
    password: SecretStr | None = Field(None, title="Password")
    certificate_path: str | None = Field(
        None,
        title="User certificate",
        description="File on this machine, PEM or DER. For signing in with a certificate.",
    )
    private_key_path: str | None = Field(
        None, title="User private key", description="File on this machine, PEM or DER."
    )

    @field_validator("username")
    @classmethod
    def _username(cls, username: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("type")
        if username and kind in {"anonymous", "certificate"}:
            raise ValueError(f"a user name does not go with type {kind!r}")
        return username or None

    @field_validator("password")
    @classmethod
    def _password(cls, password: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if password is None or not password.get_secret_value():
            return None
        if info.data.get("type") in {"anonymous", "certificate"}:
            raise ValueError(f"a password does not go with type {info.data['type']!r}")
        if "username" in info.data and info.data["username"] is None:
            raise ValueError("a password needs a username")
        return password

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type == "username_password" and not self.username:
            raise ValueError("username is missing for type 'username_password'")
        has_files = self.certificate_path is not None, self.private_key_path is not None
        if self.type == "certificate" and not all(has_files):
            raise ValueError("type 'certificate' needs certificate_path and private_key_path")
        if any(has_files) and self.type in {"anonymous", "username_password"}:
            raise ValueError(f"certificate_path does not go with type {self.type!r}")
        if has_files[0] != has_files[1]:
            raise ValueError("certificate_path and private_key_path are given together or not")
        if any(has_files) and self.username:
            raise ValueError("give a username or a certificate, not both")
        return self

    @property
    def login(self) -> Login:
        """What to sign in with, told or derived."""
        if self.type is not None:
            return self.type
        if self.certificate_path:
            return "certificate"
        return "username_password" if self.username else "anonymous"


class SubscriptionSettings(BaseModel):
    """How often the server sends. The server may revise each of these."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    publishing_interval_ms: int = Field(
        1000,
        ge=50,
        le=3_600_000,
        title="Publishing interval (ms)",
        description="Longest wait before the server sends changes; also the sampling of tags "
        "that name no interval of their own.",
    )
    lifetime_count: int = Field(
        10_000,
        ge=3,
        le=4_294_967_295,
        title="Lifetime count",
        description="Publishing intervals without a request of ours after which the server "
        "drops the subscription; at least 3 times the keep-alive count.",
    )
    max_keep_alive_count: int = Field(
        10,
        validate_default=True,
        ge=1,
        le=1_000_000,
        title="Keep-alive count",
        description="Quiet publishing intervals after which the server says that it lives.",
    )
    max_notifications_per_publish: int = Field(
        1000,
        ge=0,
        le=1_000_000,
        title="Notifications per message",
        description="0 leaves it to the server.",
    )

    @field_validator("max_keep_alive_count")
    @classmethod
    def _lifetime(cls, count: int, info: ValidationInfo) -> int:
        lifetime = info.data.get("lifetime_count")
        if lifetime is not None and lifetime < 3 * count:
            raise ValueError(f"must be at most a third of lifetime_count ({lifetime})")
        return count


class OpcuaSettings(BaseModel):
    """One OPC UA server and how we talk to it.

    Credentials may be nested (`authentication`) or flat (`username`, `password`); they are kept
    nested. `security_mode` and `security_policy` complete each other: a policy alone means
    SignAndEncrypt, a mode alone means Basic256Sha256, neither means None.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    endpoint: str = Field(
        validation_alias=AliasChoices("endpoint", "endpoint_url", "url"),
        title="Endpoint",
        description="Address of the server, such as opc.tcp://192.168.1.100:4840. This host and "
        "port are dialled even if the server announces others.",
        max_length=2000,
    )
    security_mode: Mode = Field(
        "None", title="Security mode", description="None, signed, or signed and encrypted."
    )
    security_policy: Policy = Field(
        "None",
        title="Security policy",
        description="Basic256Sha256 is understood by most servers. Deprecated policies are not "
        "offered.",
    )
    authentication: Authentication = Field(
        default_factory=Authentication,
        title="Sign-in",
        description="Who we are to the server; nobody, if left empty.",
    )
    username: SkipJsonSchema[str | None] = None
    password: SkipJsonSchema[SecretStr | None] = None
    certificate_path: str | None = Field(
        None,
        title="Own certificate",
        description="Certificate of this client, PEM or DER file. Empty: the one TwinEdge made "
        "for itself.",
    )
    private_key_path: str | None = Field(
        None,
        validate_default=True,
        title="Own private key",
        description="Belongs to the own certificate.",
    )
    server_thumbprint: str | None = Field(
        None,
        title="Trusted server certificate",
        description="SHA-256 or SHA-1 thumbprint of the one server certificate to accept. Empty: "
        "the first one seen is remembered and a different one is refused.",
    )
    subscription: SubscriptionSettings = Field(
        default_factory=SubscriptionSettings,
        title="Subscription",
        description="How often the server sends.",
    )
    session_timeout_ms: int = Field(
        60_000,
        ge=10_000,
        le=3_600_000,
        title="Session timeout (ms)",
        description="How long the server keeps our session after we vanish.",
    )
    request_timeout_ms: int = Field(
        5_000,
        ge=1_000,
        le=60_000,
        title="Request timeout (ms)",
        description="Longest wait for an answer. Raise it for slow radio or satellite links.",
    )
    timestamp_source: Literal["source", "server", "arrival"] = Field(
        "source",
        title="Time of values",
        description="Whose clock stamps a value: the device's, the server's, or ours. The next "
        "one is used where a time is missing.",
    )

    @model_validator(mode="before")
    @classmethod
    def _pair_security(cls, config: Any) -> Any:
        """Complete the mode by the policy and the other way round, before defaults apply."""
        if not isinstance(config, dict):
            return config
        mode, policy = config.get("security_mode"), config.get("security_policy")
        if mode is None and policy not in {None, "None"}:
            return {**config, "security_mode": "SignAndEncrypt"}
        if policy is None and mode in {"Sign", "SignAndEncrypt"}:
            return {**config, "security_policy": "Basic256Sha256"}
        return config

    @field_validator("endpoint")
    @classmethod
    def _endpoint(cls, endpoint: str) -> str:
        endpoint = endpoint.strip()
        if "${" in endpoint:
            return endpoint
        fault = _endpoint_fault(endpoint)
        if fault is not None:
            raise ValueError(fault)
        return endpoint

    @field_validator("security_policy")
    @classmethod
    def _policy(cls, policy: Policy, info: ValidationInfo) -> Policy:
        mode = info.data.get("security_mode")
        if mode == "None" and policy != "None":
            raise ValueError(f"{policy} needs security_mode Sign or SignAndEncrypt, not None")
        if mode in {"Sign", "SignAndEncrypt"} and policy == "None":
            raise ValueError(f"security_mode {mode} needs a policy such as Basic256Sha256")
        return policy

    @field_validator("username", "password")
    @classmethod
    def _flat(cls, value: Any, info: ValidationInfo) -> Any:
        nested = info.data.get("authentication")
        field = str(info.field_name)
        if value is None or nested is None:
            return value
        if nested.login == "certificate" or nested.type == "anonymous":
            raise ValueError(f"does not go with authentication.type {nested.login!r}")
        if getattr(nested, field) not in {None, value}:
            raise ValueError(f"contradicts authentication.{field}; give it in one place")
        user = info.data.get("username") or nested.username
        if (
            field == "password"
            and value.get_secret_value()
            and "username" in info.data
            and not user
        ):
            raise ValueError("a password needs a username")
        return value

    @field_validator("private_key_path")
    @classmethod
    def _pair_files(cls, path: str | None, info: ValidationInfo) -> str | None:
        if "certificate_path" in info.data and bool(path) != bool(info.data["certificate_path"]):
            raise ValueError("certificate_path and private_key_path are given together or not")
        return path or None

    @field_validator("server_thumbprint")
    @classmethod
    def _thumbprint(cls, text: str | None) -> str | None:
        if not text:
            return None
        digits = re.sub(r"[\s:]", "", text).lower()
        if not _THUMBPRINT.match(digits):
            raise ValueError("must be 64 (SHA-256) or 40 (SHA-1) hexadecimal digits")
        return digits

    @model_validator(mode="after")
    def _fold(self) -> Self:
        """Move flat credentials into `authentication`, the one form kept."""
        if self.username or self.password:
            nested = self.authentication
            folded = Authentication(
                type=nested.type,
                username=self.username or nested.username,
                password=self.password or nested.password,
            )
            object.__setattr__(self, "authentication", folded)
            object.__setattr__(self, "username", None)
            object.__setattr__(self, "password", None)
        return self

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.endpoint).port or DEFAULT_PORT

    @property
    def request_s(self) -> float:
        """Deadline of one request."""
        return self.request_timeout_ms / 1000

    @property
    def dial_url(self) -> str:
        """The endpoint with its port spelled out."""
        parts = urlsplit(self.endpoint)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"opc.tcp://{host}:{self.port}{parts.path}"


def _endpoint_fault(endpoint: str) -> str | None:  # noqa: PLR0911 - one a fault
    """Why this text is no endpoint of ours; None when it is."""
    example = "such as opc.tcp://192.168.1.100:4840"
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return f"is no endpoint address {example}"
    if parts.scheme in {"opc.https", "https", "opc.wss"}:
        return f"{parts.scheme} is not supported, use the server's opc.tcp endpoint, {example}"
    if parts.scheme != "opc.tcp" or not endpoint.lower().startswith("opc.tcp://"):
        return f"must start with opc.tcp://, {example}"
    if parts.username is not None or parts.password is not None:
        return "must not carry user and password; they belong into authentication"
    if not parts.hostname:
        return f"names no host; write it {example}"
    if port == 0 or any(c.isspace() for c in endpoint):
        return f"is no endpoint address {example}"
    return None
