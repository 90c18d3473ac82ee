"""The reader of traces: what it takes for proof, and what it does not."""

from __future__ import annotations

from tests.delivery.tracing import calls, unsynced_replies

REQUEST = r'11 recvfrom(20<TCP:[7]>, "{\"attempt\": \"x\", \"events\": [{\"s\": 1"..., 16360, 0) = 335'
REPLY = r'11 writev(20<TCP:[7]>, [{iov_base="HTTP/1.1 200 OK"}, {iov_base="{\"ack\":1,"}], 2) = 500'
SYNC = "12 fdatasync(22</d/kapuas.sqlite3-wal>) = 0"
SYNC_BEGINS, SYNC_ENDS = SYNC.replace(") = 0", " <unfinished ...>"), "12 <... fdatasync resumed>) = 0"


def n_unsynced(*lines: str) -> int:
    return len(unsynced_replies(calls("\n".join(lines))))


def test_a_sync_between_request_and_reply_is_proof() -> None:
    assert n_unsynced(REQUEST, SYNC, REPLY) == 0
    assert n_unsynced(REQUEST, SYNC_BEGINS, SYNC_ENDS, REPLY) == 0


def test_no_sync_or_one_of_another_file_is_none() -> None:
    assert n_unsynced(REQUEST, REPLY) == 1
    assert n_unsynced(REQUEST, SYNC.replace("-wal", "-journal"), REPLY) == 1


def test_a_sync_that_began_before_the_request_or_ended_after_the_reply_is_none() -> None:
    assert n_unsynced(SYNC_BEGINS, REQUEST, SYNC_ENDS, REPLY) == 1
    assert n_unsynced(REQUEST, SYNC_BEGINS, REPLY, SYNC_ENDS) == 1
    assert n_unsynced(SYNC, REQUEST, REPLY) == 1
