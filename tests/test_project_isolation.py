"""The tests themselves reach neither the network nor the user's index."""

import os
import socket

import pytest


def test_a_connection_to_another_machine_fails_by_name() -> None:
    # 192.0.2.0/24 is for documentation (RFC 5737): nothing answers there.
    with socket.socket() as one, pytest.raises(RuntimeError, match=r"connects to 192\.0\.2\.1"):
        one.connect(("192.0.2.1", 80))


def test_a_connection_within_this_machine_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()


def test_models_are_not_downloaded_and_the_index_is_a_temporary_one() -> None:
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert "wence" in os.environ["WENCE_INDEX_DIR"]
    assert not os.path.exists(os.environ["WENCE_INDEX_DIR"])  # noqa: PTH110 - a plain question
