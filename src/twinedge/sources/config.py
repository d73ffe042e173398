"""A source's settings from what a client wrote to what a driver uses; pure.

Written form: as the client sent it, `${ENV_NAME}` kept. Stored form: secrets sealed in place.
Shown form: secrets masked. Used form: environment resolved, validated by the driver's settings.
"""

import difflib
import json
import re
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Union, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import AliasChoices, AliasPath, BaseModel, SecretStr, ValidationError

from twinedge.kit.errors import Fault, Invalid
from twinedge.sources.model import ConfigFault
from twinedge.sources.ports import Config, Driver
from twinedge.web.faults import from_pydantic

MASK = "********"
"""Shown in place of a stored secret; sent back, it keeps the stored one."""

SEALED = "$sealed"
"""Key of the object that stands for a secret in the stored form."""

_ENV = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_OWN_PREFIX = "TWINEDGE_"
_MAX_TEXT = 10_000
Loc = tuple[str | int, ...]
Environ = Mapping[str, str]


class MissingEnv(ConfigFault):
    """The settings name an environment variable that is not set."""


def check(driver: Driver, config: Config, environ: Environ) -> BaseModel | None:
    """Validate written settings; None when they need an environment variable that is not set.

    Raises Invalid with every fault at `config.<path>`; what hangs on a missing variable is not
    judged yet.
    """
    faults = list(_form_faults(config, ()))
    if faults:
        raise Invalid("the configuration has faults", faults)
    missing: set[Loc] = set()

    def lookup(name: str, loc: Loc) -> str | None:
        if name not in environ:
            missing.add(loc)
        return environ.get(name)

    try:
        settings = _validate(driver, config, lookup)
    except ValidationError as error:
        lines = [
            line
            for line in error.errors(include_url=False)
            if not any(_is_below(tuple(line["loc"]), loc) for loc in missing)
        ]
        faults = _faults(driver, lines, config)
        if not faults or (missing and all(fault.field == "config" for fault in faults)):
            return None
        raise Invalid("the configuration has faults", faults) from None
    return None if missing else settings


def resolve(driver: Driver, config: Config, environ: Environ) -> BaseModel:
    """Settings ready for use. Raises ConfigFault in words; an unset variable is MissingEnv."""

    def lookup(name: str, loc: Loc) -> str | None:
        if name not in environ:
            raise MissingEnv(
                f"the environment variable {name} ({_path(loc)}) is not set for TwinEdge",
                "set it where TwinEdge is started, and restart",
            )
        return environ[name]

    try:
        return _validate(driver, config, lookup)
    except ValidationError as error:
        lines = _faults(driver, error.errors(include_url=False), config)
        raise ConfigFault(
            "; ".join(f"{line.field} {line.message}" for line in lines),
            "correct the configuration of this data source",
        ) from None


def draft(driver: Driver, config: Config, environ: Environ) -> BaseModel:
    """Settings good enough to check tags against, although a variable may not be set.

    Raises Invalid when they cannot be made without it.
    """
    settings = check(driver, config, environ)
    if settings is not None:
        return settings
    try:
        return _validate(driver, config, lambda name, _loc: environ.get(name, "${" + name + "}"))
    except ValidationError:
        raise Invalid.at(
            "config", "needs an environment variable that is not set; set it before adding tags"
        ) from None


def endpoint_of(driver: Driver, config: Config, environ: Environ) -> str:
    """The derived endpoint for people; names of environment variables stay as written."""
    try:
        return driver.endpoint(_validate(driver, config, lambda name, loc: "${" + name + "}"))
    except ValidationError:
        pass
    try:
        return driver.endpoint(resolve(driver, config, environ))
    except ConfigFault:
        return ""


def with_endpoint(driver: Driver, config: Config, endpoint: str) -> Config:
    """Written settings with an `endpoint` given beside them; Invalid where both disagree."""
    if endpoint and endpoint_of(driver, config, {}) == endpoint:
        return config  # an answer of ours sent back
    names = accepted_names(driver.settings)
    wanted: Config = {}
    given: Config = {}
    url = next((name for name in ("endpoint", "broker_url") if name in names), None)
    if url is not None:
        wanted[url] = endpoint
        given = {key: endpoint for key in _same_setting(driver.settings, url) if key in config}
    else:
        wanted = _split_endpoint(endpoint, names)
        given = {key: value for key, value in wanted.items() if key in config}
    for key, value in given.items():
        if str(config[key]) != str(value):
            raise Invalid.at("endpoint", f"says something else than config.{key}; give one only")
    if url is not None and given:
        return config
    return {**wanted, **config}


def accepted_names(settings: type[BaseModel]) -> set[str]:
    """Every key a settings model takes, aliases included."""
    return {key for name in settings.model_fields for key in _same_setting(settings, name)}


def secret_names(settings: type[BaseModel]) -> frozenset[str]:
    """Every key, at any depth, that holds a secret."""
    return frozenset(_secret_names(settings))


def masked(stored: Config) -> Config:
    """The shown form of stored settings."""
    return _map_sealed(stored, lambda _sealed, _loc: MASK)


def unsealed(stored: Config, unseal: Callable[[str, str], str]) -> Config:
    """The written form of stored settings; `unseal` gets the sealed text and its path."""
    return _map_sealed(stored, lambda sealed, loc: unseal(sealed, _path(loc)))


def sealed(driver: Driver, config: Config, seal: Callable[[str, str], str]) -> Config:
    """The stored form of written settings; `seal` gets the secret and its path.

    A secret that is nothing but `${ENV_NAME}` is no secret and stays readable.
    """
    names = secret_names(driver.settings)

    def walk(value: Any, loc: Loc) -> Any:
        if isinstance(value, dict):
            return {key: walk(inner, (*loc, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, (*loc, number)) for number, inner in enumerate(value)]
        is_secret = isinstance(value, str) and loc and loc[-1] in names
        if is_secret and value and not _ENV.fullmatch(value):
            return {SEALED: seal(value, _path(loc))}
        return value

    result: Config = walk(config, ())
    return result


def unmasked(config: Config, old: Config | None, settings: type[BaseModel]) -> Config:
    """Put the stored secrets (`old`, in written form) where the client sent the mask.

    Raises Invalid where there is none to keep.
    """
    names = secret_names(settings)
    faults: list[Fault] = []

    def walk(value: Any, before: Any, loc: Loc) -> Any:
        if isinstance(value, dict):
            known = before if isinstance(before, dict) else {}
            return {key: walk(it, known.get(key), (*loc, key)) for key, it in value.items()}
        if isinstance(value, list):
            return [
                walk(it, before[n] if isinstance(before, list) and n < len(before) else None,
                     (*loc, n))
                for n, it in enumerate(value)
            ]  # fmt: skip
        if value == MASK and loc and loc[-1] in names:
            if not isinstance(before, str):
                faults.append(Fault(_path(loc), "is the mask, but there is no stored secret"))
            return before
        return value

    result: Config = walk(config, old, ())
    if faults:
        raise Invalid("the configuration has faults", faults)
    return result


def for_visit(config: BaseModel, visitor: str) -> BaseModel:
    """Settings for a link that only asks something: a broker lets each client id in once, so a
    visit under the source's own would throw the running link out."""
    own = {"client_id": visitor, "clean_session": True}
    return config.model_copy(
        update={key: value for key, value in own.items() if key in type(config).model_fields}
    )


def _validate(
    driver: Driver, config: Config, lookup: Callable[[str, Loc], str | None]
) -> BaseModel:
    """Resolve and validate. A whole value `${PORT}` may stand for a number or a truth value: it
    is read as one where the setting does not take text."""
    whole: set[Loc] = set()

    def walk(value: Any, loc: Loc) -> Any:
        if isinstance(value, dict):
            return {key: walk(inner, (*loc, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, (*loc, number)) for number, inner in enumerate(value)]
        if not isinstance(value, str):
            return value
        if _ENV.fullmatch(value):
            whole.add(loc)
        return _ENV.sub(lambda match: lookup(match[1], loc) or "", value)

    resolved = walk(config, ())
    try:
        return driver.settings.model_validate(resolved)
    except ValidationError as error:
        typed = {tuple(line["loc"]) for line in error.errors()} & whole
        if not typed:
            raise
        for loc in typed:
            _retype(resolved, loc)
        return driver.settings.model_validate(resolved)


def _retype(config: Any, loc: Loc) -> None:
    """Read the text at this place as a JSON number or truth value, if it is one."""
    for step in loc[:-1]:
        config = config[step]
    try:
        value = json.loads(config[loc[-1]])
    except ValueError:
        return
    if isinstance(value, bool | int | float):
        config[loc[-1]] = value


def _form_faults(value: Any, loc: Loc) -> Iterator[Fault]:
    """What no settings may hold, whatever the protocol."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == SEALED:
                yield Fault(_path((*loc, key)), "is not a setting")
            yield from _form_faults(inner, (*loc, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _form_faults(inner, (*loc, number))
    elif isinstance(value, str):
        if len(value) > _MAX_TEXT:
            yield Fault(_path(loc), f"is longer than {_MAX_TEXT} characters")
        if any(name.startswith(_OWN_PREFIX) for name in _ENV.findall(value)):
            yield Fault(_path(loc), f"may not use TwinEdge's own variables ({_OWN_PREFIX}…)")
        if "://" in value and _has_password(value):
            yield Fault(
                _path(loc), "must not hold a password; put it in the password setting, where it "
                "is kept secret",
            )  # fmt: skip


def _has_password(url: str) -> bool:
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return False


def _faults(driver: Driver, lines: Sequence[Mapping[str, Any]], config: Config) -> list[Fault]:
    """Pydantic's errors in words, each where the client wrote it."""
    unknown = [line for line in lines if line["type"] == "extra_forbidden"]
    others = [{**line, "loc": ("config", *line["loc"])} for line in lines if line not in unknown]
    return [
        *(Fault(_path(line["loc"]), _unknown_setting(driver, line["loc"])) for line in unknown),
        *from_pydantic(others, {"config": config}),
    ]


def _unknown_setting(driver: Driver, loc: Loc) -> str:
    model: type[BaseModel] | None = driver.settings
    for step in loc[:-1]:
        if isinstance(step, str) and model is not None:
            model = _model_at(model, step)
    names = sorted(accepted_names(model)) if model else []
    near = difflib.get_close_matches(str(loc[-1]).lower(), names, 1, 0.6)
    words = f"is not a setting of {driver.title}"
    if near:
        return f"{words}; did you mean {near[0]!r}?"
    return f"{words}; known are: {', '.join(names)}" if names else words


def _model_at(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The settings model below a key, through lists and optionals."""
    for name, field in model.model_fields.items():
        if key in _same_setting(model, name):
            return next(_models_in(field.annotation), None)
    return None


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {list, tuple, dict, Union, types.UnionType}:
        for inner in get_args(annotation):
            yield from _models_in(inner)


def _secret_names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if field.annotation is SecretStr or SecretStr in get_args(field.annotation):
            yield from _same_setting(model, name)
        for inner in _models_in(field.annotation):
            yield from _secret_names(inner)


def _same_setting(model: type[BaseModel], name: str) -> list[str]:
    """A field's name and aliases."""
    alias = model.model_fields[name].validation_alias
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias] if alias else []
    names = [choice for choice in choices if not isinstance(choice, AliasPath)]
    return list(dict.fromkeys([name, *names]))


def _split_endpoint(endpoint: str, names: set[str]) -> Config:
    """host, port and unit of an endpoint such as modbus://host:port/unit."""
    try:
        url = urlsplit(endpoint)
        parts: Config = {"host": url.hostname, "port": url.port}
        unit = url.path.strip("/")
        if unit:
            parts["unit_id"] = int(unit)
    except ValueError:
        raise Invalid.at("endpoint", "must look like modbus://host:502/1") from None
    if not url.hostname or not set(parts) <= names:
        raise Invalid.at("endpoint", "must look like modbus://host:502/1")
    return {key: value for key, value in parts.items() if value is not None}


def _map_sealed(stored: Config, change: Callable[[str, Loc], str]) -> Config:
    def walk(value: Any, loc: Loc) -> Any:
        if isinstance(value, dict):
            if SEALED in value:
                return change(value[SEALED], loc)
            return {key: walk(inner, (*loc, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, (*loc, number)) for number, inner in enumerate(value)]
        return value

    result: Config = walk(stored, ())
    return result


def _is_below(loc: Loc, place: Loc) -> bool:
    return loc[: len(place)] == place


def _path(loc: Loc) -> str:
    """`config.port`, `config.topics[0].topic`: as the client would write it."""
    path = "config"
    for step in loc:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path
