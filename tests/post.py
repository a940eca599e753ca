"""A mail server for tests, on a port of its own: it takes what it is told to take."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import cast


@dataclass
class Received:
    """A message as the server took it."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, read by the standard library."""
        return message_from_bytes(self.content, policy=default)


@dataclass
class Post:
    """What a server took, and how it answers: `refusals` by a recipient's address."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    """Recipients whose message makes it hang up."""
    loses: bool = False
    """Whether it hangs up after it took a message, before it says so."""

    def ids(self) -> list[str]:
        """Return the Message-IDs of what was taken."""
        return [one.message["Message-ID"] for one in self.received]


class _Handler(StreamRequestHandler):
    @property
    def _post(self) -> Post:
        return cast("_Server", self.server).post

    def handle(self) -> None:
        self._say("220 ready")
        self._sender, self._recipients = "", list[str]()
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "DATA":
                if self._is_lost():
                    return
            else:
                self._say(self._answer(verb, line))

    def _answer(self, verb: str, line: str) -> str:
        match verb:
            case "EHLO":
                return "250-here\r\n250 AUTH PLAIN"
            case "AUTH":
                self._post.logins.append(base64.b64decode(line.split()[2]).decode())
                return "235 welcome"
            case "MAIL":
                self._sender, self._recipients = _address(line), []
            case "RCPT":
                self._recipients.append(_address(line))
                return self._post.refusals.get(self._recipients[-1], "250 ok")
            case "RSET":
                pass
            case _:
                return "502 what?"
        return "250 ok"

    def _is_lost(self) -> bool:
        """Take a message; say whether the line is cut meanwhile."""
        if self._post.drops & set(self._recipients):
            return True
        self._say("354 go on")
        self._post.received.append(Received(self._sender, self._recipients, self._content()))
        if not self._post.loses:
            self._say("250 taken")
        return self._post.loses

    def _content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    post: Post


@contextmanager
def open_post(port: int = 0) -> Iterator[Post]:
    """Run a server for the length of the block, on a free port or on this one."""
    with _Server(("127.0.0.1", port), _Handler) as server:
        server.post = Post(port=server.server_address[1])
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.post
        finally:
            server.shutdown()
            thread.join()


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
