"""One language model of the settings: where it is, what it may cost, and its key.

The key is a `SecretStr`: it stands in no repr, no log, no error and no output of `wence doctor`,
and it is read out in one place, where the request is made.
"""

import os
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from ingest.patterns import pattern as lazy

EXTRACTIVE = "extractive"
"""The name of the answers that no language model writes; always there."""

NAME = lazy(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""What a model may be called: a word that fits a command line, an address and a log."""

PLAIN_FIELDS = frozenset(
    {"provider", "model", "timeout_s", "temperature", "max_tokens", "api_key_env"}
)
"""Fields whose wrong value an error may repeat: none of them can hold a key."""

_LOOPBACK = lazy(r"(?:localhost|127(?:\.\d{1,3}){3}|::1)$")


class ModelSettings(BaseModel):
    """A language model that writes answers, as `[models.NAME]` states it.

    `timeout_s` is for the whole call, retry included; `max_tokens` of the reply.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, protected_namespaces=()
    )

    provider: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = "openai"
    """What `langchain.chat_models.init_chat_model` knows; "openai" fits every compatible server."""
    model: Annotated[str, Field(min_length=1, max_length=200)]
    base_url: str | None = None
    api_key: SecretStr | None = None
    api_key_env: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] | None = None
    timeout_s: float = Field(default=60.0, gt=0, le=600)
    temperature: float = Field(default=0.0, ge=0, le=2)
    max_tokens: int = Field(default=1024, ge=16, le=32_768)

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("应为 http:// 或 https:// 开头的地址")
        if parts.username or parts.password:
            raise ValueError("地址里不能写用户名和口令，请用 api_key")
        if parts.query or parts.fragment:
            raise ValueError("地址里不能有 ? 或 # 之后的部分")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _one_key(self) -> "ModelSettings":
        if self.api_key is not None and self.api_key_env is not None:
            raise ValueError("api_key 和 api_key_env 只能写一个")
        return self

    @property
    def local(self) -> bool:
        """Whether the server is on this machine."""
        host = urlsplit(self.base_url or "").hostname or ""
        return _LOOPBACK.match(host) is not None

    @property
    def key_missing(self) -> str:
        """The variable that should hold the key and does not; empty when nothing is missing."""
        name = self.api_key_env
        return name if name is not None and not os.environ.get(name) else ""

    def key(self) -> str:
        """The key itself, for the request alone; "none" where no key was set.

        Never left to the provider's library, which would take the key of another service from the
        environment and send it here.
        """
        if self.api_key is not None:
            return self.api_key.get_secret_value() or "none"
        return os.environ.get(self.api_key_env or "", "") or "none"

    def described(self) -> str:
        """One line for people, the key masked.

        >>> ModelSettings(model="qwen3", base_url="http://127.0.0.1:11434/v1").described()
        'openai:qwen3，http://127.0.0.1:11434/v1，无密钥，时限 60 秒，温度 0，最多 1024 词元'
        """
        key = "无密钥"
        if self.api_key is not None:
            key = "密钥 ********"
        elif self.api_key_env is not None:
            key = f"密钥取自 {self.api_key_env}" + ("（未设置）" if self.key_missing else "")
        where = self.base_url or "服务商默认地址"
        return (
            f"{self.provider}:{self.model}，{where}，{key}，时限 {self.timeout_s:g} 秒，"
            f"温度 {self.temperature:g}，最多 {self.max_tokens} 词元"
        )
