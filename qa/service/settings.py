"""The settings: `wence.toml` in the working folder, overridden by `WENCE_*` variables.

Language models are tables, `[models.NAME]`, or variables, `WENCE_MODELS__NAME__MODEL`; which of
them answers where a request does not say is `model`.  Relative paths count from the working folder.
In a source checkout the defaults point into the checkout, so that `wence` answers from anywhere; an
installed package keeps its index in the user's data folder.
"""

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as UnreadableVariable

from qa.errors import SettingsError
from qa.generate.model_settings import EXTRACTIVE, NAME, PLAIN_FIELDS, ModelSettings

FILE_NAME = "wence.toml"
_CHECKOUT = Path(__file__).resolve().parents[2]


def _home() -> Path:
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT / ".wence"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "wence"


class Settings(BaseSettings):
    """All settings with their defaults; unknown keys in `wence.toml` are errors."""

    model_config = SettingsConfigDict(
        env_prefix="WENCE_",
        env_nested_delimiter="__",
        toml_file=FILE_NAME,
        extra="forbid",
        frozen=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,  # the input may hold a key
    )

    index_dir: Path = Field(default_factory=lambda: _home() / "index")
    """Folder of the index."""
    corpus_dir: Path = _CHECKOUT / "corpus"
    """Folder of the documents that `make run` adds."""
    encoder: str | None = None
    """Sentence encoder: a folder or a model name; empty means the one that ships with Wence."""
    encoder_query_prompt: str | None = None
    """Words before each question; unset: those of the encoder's family (`index.prompts`)."""
    encoder_passage_prompt: str | None = None
    """Words before each passage; unset: those of the encoder's family."""
    reranker: str | None = None
    """Cross-encoder that orders the best finds again: a folder or a model name; empty: none."""
    rerank_top: int = Field(default=20, ge=1, le=1000)
    """How many finds the reranker reads."""
    write_wait: float = Field(default=60.0, ge=0, le=86400, allow_inf_nan=False)
    """Seconds that `wence add` and the like wait for another writer; 0: fail at once."""
    host: str = "127.0.0.1"
    """Address that the API and the chat listen on."""
    port: int = Field(default=8600, ge=0, le=65535)
    """Port of the HTTP API; 0 chooses a free one."""
    ui_port: int = Field(default=8601, ge=0, le=65535)
    """Port of the chat; 0 chooses a free one."""
    web_timeout_s: float = Field(default=30.0, gt=0, le=3600)
    """Seconds for one address, redirects and robots.txt included."""
    web_connect_timeout_s: float = Field(default=10.0, gt=0, le=3600)
    """Seconds for one connection."""
    web_max_mib: int = Field(default=64, ge=1, le=1024)
    """Largest document that is fetched, packed or unpacked, in MiB."""
    allow_private_addresses: bool = False
    """Whether addresses inside the own network may be fetched."""
    ignore_robots: bool = False
    """Whether pages are fetched that a site's robots.txt does not want read."""
    environment_proxies: bool = False
    """Whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY hold for fetching."""
    language: Literal["auto", "zh", "en"] = "auto"
    """Language of the connecting words where a request does not say."""
    models: dict[str, ModelSettings] = Field(default_factory=dict)
    """Language models that may write answers, by name."""
    model: str = EXTRACTIVE
    """What answers where a request does not say: "extractive" or the name of a model."""

    @field_validator("models")
    @classmethod
    def _named(cls, value: dict[str, ModelSettings]) -> dict[str, ModelSettings]:
        for name in value:
            if name == EXTRACTIVE or not NAME.fullmatch(name):
                raise ValueError(f"模型名应由字母、数字、点、横线组成，且不是 {EXTRACTIVE}")
        return value

    @model_validator(mode="after")
    def _default_is_known(self) -> "Settings":
        if self.model != EXTRACTIVE and self.model not in self.models:
            known = "、".join((EXTRACTIVE, *self.models))
            raise ValueError(f"model 应为 {known} 之一")
        return self

    @field_validator("encoder", "reranker")
    @classmethod
    def _no_empty_model(cls, value: str | None) -> str | None:
        return value or None

    @property
    def encoder_choice(self) -> tuple[str | None, str | None, str | None]:
        """The arguments of `load_encoder`: model, prompt of questions, prompt of passages."""
        return self.encoder, self.encoder_query_prompt, self.encoder_passage_prompt

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then `wence.toml`."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings() -> Settings:
    """The settings in force, or `SettingsError` that names the first bad one."""
    try:
        return Settings()
    except ValidationError as exc:
        first = exc.errors()[0]
        place = [str(part) for part in first["loc"]] or ["model"]
        key = ".".join(place)
        raise SettingsError(
            f"设置{key}{_found(place, first)}",
            f"合法的值({first['msg'].removeprefix('Value error, ')})",
            f"改正{FILE_NAME}或WENCE_{'__'.join(place).upper()}",
        ) from exc
    except UnreadableVariable:
        # The cause quotes the variable, which may hold a key.
        raise SettingsError(
            "WENCE_MODELS不是有效的JSON",
            '{"名称": {"model": "…"}}',
            f"改用{FILE_NAME}或WENCE_MODELS__名称__MODEL",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise SettingsError(
            f"{FILE_NAME}不是有效的TOML({exc})", "UTF-8的TOML文件", "改正后再试"
        ) from exc


def _found(place: list[str], error: Any) -> str:
    """What stands there, unless it may hold a key."""
    if error["type"] == "missing":
        return "缺失"
    if error["type"] == "extra_forbidden":
        return "不认识"
    value = error.get("input")
    safe = isinstance(value, str | int | float)
    if place[0] == "models":
        safe = safe and place[-1] in PLAIN_FIELDS
    return f"是{value!r}" if safe else "不合要求"
