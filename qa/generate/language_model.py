"""One call of a language model: text comes piece by piece, trouble comes in one kind.

The only file that knows LangChain's chat models.  Whatever their libraries raise becomes a
`ModelTrouble` here, most specific first; its reason is a word of ours, never a message of theirs,
which may quote the request with its key.
"""

import logging
import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from qa.generate.model_settings import ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LOG = logging.getLogger("wence.model")

Reason = Literal[
    "unreachable",  # no connection, or it broke off
    "timeout",  # the time for the whole call is up
    "busy",  # 429
    "failed",  # 5xx
    "refused",  # 401 and 403: the key
    "unknown",  # 404: the address or the model's name
    "rejected",  # any other status
    "garbage",  # an answer that is none
    "no_key",  # the variable that should hold the key is empty
    "not_installed",  # the provider's package is not there, or there is no such provider
]

RETRIED: frozenset[Reason] = frozenset({"unreachable", "busy", "failed", "garbage"})
"""What may pass: asked once more."""

PAUSE = 0.5
"""Seconds before the second attempt."""

MAX_CHARACTERS = 20_000
"""Code points of a reply after which it is cut off: a model that repeats itself never ends."""

Message = tuple[Literal["system", "human"], str]


class ModelTrouble(Exception):
    """The model gave no answer, for one of the reasons above."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


class LanguageModel:
    """A configured model; safe to use from several threads.  Nothing is imported before a call."""

    def __init__(self, name: str, settings: ModelSettings) -> None:
        self.name = name
        self.settings = settings
        self._made: BaseChatModel | None = None
        self._lock = threading.Lock()

    def text(self, messages: Sequence[Message], deadline: float, *, stream: bool) -> Iterator[str]:
        """The reply in pieces, until `deadline` on the monotonic clock; one attempt.

        The call runs in a thread of its own, because no library bounds a whole call: a server
        that sends a character now and then never runs into a time-out between two of them.
        """
        if self.settings.key_missing:
            raise ModelTrouble("no_key")
        pieces: queue.SimpleQueue[str | ModelTrouble | None] = queue.SimpleQueue()
        stopped = threading.Event()
        worker = threading.Thread(
            target=self._run, args=(messages, stream, pieces, stopped), daemon=True, name="model"
        )
        worker.start()
        length = 0
        try:
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise ModelTrouble("timeout")
                try:
                    piece = pieces.get(timeout=left)
                except queue.Empty:
                    raise ModelTrouble("timeout") from None
                if piece is None:
                    return
                if isinstance(piece, ModelTrouble):
                    raise piece
                length += len(piece)
                yield piece
                if length > MAX_CHARACTERS:
                    return
        finally:
            stopped.set()

    def _run(
        self,
        messages: Sequence[Message],
        stream: bool,
        pieces: "queue.SimpleQueue[str | ModelTrouble | None]",
        stopped: threading.Event,
    ) -> None:
        try:
            model = self._model()
            asked: Any = list(messages)
            replies = model.stream(asked) if stream else iter([model.invoke(asked)])
            for reply in replies:
                if stopped.is_set():
                    getattr(replies, "close", lambda: None)()  # and with it the connection
                    return
                if words := _words(reply.content):
                    pieces.put(words)
            pieces.put(None)
        except Exception as error:  # every provider has its own; all become one kind
            trouble = _trouble(error)
            LOG.warning("%s: %s (%s)", self.name, trouble.reason, type(error).__name__)
            pieces.put(trouble)

    def _model(self) -> "BaseChatModel":
        with self._lock:
            if self._made is None:
                self._made = _made(self.settings)
            return self._made


def _made(settings: ModelSettings) -> "BaseChatModel":
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {
        "api_key": settings.key(),
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "timeout": settings.timeout_s,
        "max_retries": 0,
    }
    if settings.base_url is not None:
        options["base_url"] = settings.base_url
    if settings.provider == "openai" and settings.local:
        from openai import DefaultHttpxClient

        # A proxy of the environment is not meant for this machine.
        options["http_client"] = DefaultHttpxClient(
            trust_env=False, timeout=settings.timeout_s, follow_redirects=False
        )
        options["openai_proxy"] = None
        options["default_headers"] = {"connection": "close"}  # a new one costs nothing here
    made: BaseChatModel = init_chat_model(
        settings.model, model_provider=settings.provider, **options
    )
    return made


def provider_missing(provider: str) -> str:
    """What is lacking for a provider: its package, or its own name if LangChain knows none such."""
    from langchain.chat_models import init_chat_model

    try:
        init_chat_model("any", model_provider=provider, api_key="none")
    except ImportError as error:
        named = re.search(r"pip install ([\w-]+)", str(error))
        return named[1] if named else provider
    except ValueError as error:
        return provider if "nsupported" in str(error) else ""
    except Exception:  # it is there, but wants more than a name: asking will tell
        LOG.debug("%s can't be made from a name alone", provider)
    return ""


def _words(content: Any) -> str:
    """The text of a reply's content: a string, or blocks of which some are text."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    blocks = (one if isinstance(one, dict) else {"type": "text", "text": one} for one in content)
    return "".join(
        str(b.get("text") or "") for b in blocks if b.get("type") in ("text", "output_text")
    )


def _trouble(error: BaseException) -> ModelTrouble:
    """The trouble behind an exception of any provider's library, most specific first."""
    if isinstance(error, ModelTrouble):
        return error
    if isinstance(error, ImportError):
        return ModelTrouble("not_installed")
    status = getattr(error, "status_code", None)
    if not isinstance(status, int):
        status = getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(status, int) and status >= 300:
        return ModelTrouble(_of_status(status))
    names = {kind.__name__ for kind in type(error).__mro__}
    if any("Timeout" in name for name in names):
        return ModelTrouble("timeout")
    if isinstance(error, OSError) or any(
        part in name for name in names for part in ("Connect", "Transport", "Protocol", "Network")
    ):
        return ModelTrouble("unreachable")
    if isinstance(error, ValueError) and "nsupported" in str(error):
        return ModelTrouble("not_installed")
    return ModelTrouble("garbage")


def _of_status(status: int) -> Reason:
    if status in (401, 403):
        return "refused"
    if status == 404:
        return "unknown"
    if status == 429:
        return "busy"
    return "failed" if status >= 500 else "rejected"
