"""What holds for every test: no network, no model downloads, no index or settings of the user."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest

# Before anything imports a library that reads them once.
os.environ.update(
    HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false", TZ="UTC"
)
for name in [name for name in os.environ if name.startswith("WENCE_")]:
    del os.environ[name]

_LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Connections leave this machine in no test; the failure names the address."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if not host.startswith(_LOOPBACK):
                raise RuntimeError(f"a test connects to {host}; tests run without a network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def _own_index_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test that forgets to name an index folder gets an empty one, never the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WENCE_INDEX_DIR", str(tmp_path_factory.mktemp("wence") / "index"))
        yield
