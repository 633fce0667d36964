"""A mail server and a web server on loopback that remember what they were sent."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from socketserver import BaseServer, StreamRequestHandler, ThreadingTCPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Mailbox:
    """A mail server: where it listens, how it behaves, and what it was sent."""

    offers_tls: bool = False
    is_tls: bool = False
    certificate: Path | None = None
    greeting: str = "220 test"
    answer_to_data: str = "250 taken"
    port: int = 0
    messages: list[Message] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        assert self.certificate
        context.load_cert_chain(self.certificate)
        return context


@dataclass
class Hook:
    """A web server: how it answers, and what was posted to it."""

    status: int = 200
    location: str | None = None
    port: int = 0
    posts: list[dict] = field(default_factory=list)
    gets: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks/s3cret-t0ken"


@contextmanager
def running(server: BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _MailServer(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def mail_server(box: Mailbox) -> Iterator[Mailbox]:
    """Serve SMTP, as far as smtplib asks for it."""

    class Handler(StreamRequestHandler):
        def setup(self) -> None:
            if box.is_tls:
                self.request = box.context().wrap_socket(self.request, server_side=True)
            super().setup()

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say(box.greeting)
            while line := self.rfile.readline().decode().strip():
                word = line.split()[0].upper()
                box.commands.append(word)
                if word == "EHLO":
                    self.say("250-test")
                    self.say("250-AUTH PLAIN")
                    self.say("250 STARTTLS" if box.offers_tls and not self._is_tls() else "250 8BITMIME")
                elif word == "STARTTLS":
                    self.say("220 go on")
                    self.request = box.context().wrap_socket(self.request, server_side=True)
                    super().setup()
                elif word == "AUTH":
                    self.say("235 welcome" if line.endswith("AGFubgBwdw==") else "535 5.7.8 ann is not known")
                elif word == "DATA":
                    self.say("354 go on")
                    lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                    content = "".join(lines)
                    if box.answer_to_data.startswith("250"):
                        box.messages.append(message_from_string(content))
                    self.say(box.answer_to_data)
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    if word == "RCPT":
                        box.recipients.append(line.partition(":")[2])
                    self.say("250 ok")

        def _is_tls(self) -> bool:
            return isinstance(self.request, ssl.SSLSocket)

    with _MailServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        with running(server):
            yield box


@contextmanager
def web_server(hook: Hook) -> Iterator[Hook]:
    """Serve HTTP, and keep what is posted."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/json"
            hook.posts.append(json.loads(content))
            self.send_response(hook.status)
            if hook.location:
                self.send_header("Location", hook.location)
            self.end_headers()

        def do_GET(self) -> None:
            hook.gets += 1
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        hook.port = server.server_address[1]
        with running(server):
            yield hook


def make_certificate(folder: Path) -> Path:
    """A key and a certificate of 127.0.0.1, valid for a day, signed by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file
