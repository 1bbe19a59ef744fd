"""The wire to a platform, against servers that are kind, slow, rude or gone."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channels.wire import BrokenOff, NotSent, Wire

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter
Serve: TypeAlias = Callable[[Reader, Writer], Awaitable[None]]


async def read(reader: Reader) -> tuple[bytes, bytes]:
    """(head, body) of the next request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return head, await reader.readexactly(length)


class Host:
    """Answers the n-th request of all with the n-th of `answers`, the last one again and again."""

    def __init__(self, *answers: bytes, hang_up: bool = False) -> None:
        self.answers, self.hang_up = list(answers), hang_up
        self.connections = 0
        self.heard: list[tuple[bytes, bytes]] = []
        self.hears = asyncio.Semaphore(0)
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self, reader: Reader, writer: Writer) -> None:
        self.connections += 1
        try:
            while True:
                self.heard.append(await read(reader))
                self.hears.release()
                await self.go_on.wait()
                writer.write(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])
                if self.hang_up:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            return


@asynccontextmanager
async def served(serve: Serve, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    visits: set[asyncio.Task[Any]] = set()

    async def visit(reader: Reader, writer: Writer) -> None:
        task = asyncio.current_task()
        assert task is not None
        visits.add(task)
        try:
            await serve(reader, writer)
        except asyncio.CancelledError:
            return
        finally:
            writer.close()

    server = await asyncio.start_server(visit, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in visits:
            task.cancel()
        await asyncio.gather(*visits)
        await asyncio.sleep(0.01)  # for the sockets to close


@asynccontextmanager
async def wired(serve: Serve, **how: Any) -> AsyncIterator[Wire]:
    async with served(serve) as port:
        how = {"most": 10, "connect_s": 2, "keep_s": 60, **how}
        wire = Wire(f"http://127.0.0.1:{port}/api", **how)
        try:
            yield wire
        finally:
            wire.close()


async def post(wire: Wire, body: bytes = b"{}", patience_s: float = 5) -> tuple[int, bytes]:
    return await wire.post("/bot1:x/send", body, patience_s=patience_s)


async def test_what_is_posted_arrives_and_the_connection_is_kept() -> None:
    host = Host(OK)
    async with wired(host) as wire:
        for number in range(20):
            assert await post(wire, b"%d" % number) == (200, b"ok")
    assert host.connections == 1
    assert [body for _, body in host.heard] == [b"%d" % number for number in range(20)]
    head = host.heard[0][0]
    assert head.startswith(b"POST /api/bot1:x/send HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"Content-Type: application/json\r\n" in head


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK,
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK,
    ],
)
async def test_answers_have_many_shapes(answer: bytes) -> None:
    async with wired(Host(answer)) as wire:
        assert [await post(wire) for _ in range(3)] == [(200, b"ok")] * 3


async def test_an_answer_may_come_byte_by_byte() -> None:
    async def slowly(reader: Reader, writer: Writer) -> None:
        await read(reader)
        for byte in OK:
            writer.write(bytes([byte]))
            await writer.drain()

    async with wired(slowly) as wire:
        assert await post(wire) == (200, b"ok")


async def test_other_statuses_are_answers_too() -> None:
    host = Host(
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        OK,
    )
    async with wired(host) as wire:
        assert [await post(wire) for _ in range(4)] == [
            (404, b"x"), (302, b""), (204, b""), (200, b"ok"),
        ]  # fmt: skip
    assert host.connections == 1


async def test_a_connection_that_is_not_to_be_kept_is_not() -> None:
    host = Host(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    async with wired(host) as wire:
        assert await post(wire) == await post(wire) == (200, b"ok")
    assert host.connections == 2


async def test_a_connection_closed_in_silence_costs_no_message() -> None:
    host = Host(OK, hang_up=True)
    async with wired(host) as wire:
        for _ in range(3):
            assert await post(wire) == (200, b"ok")
            await asyncio.sleep(0.02)
    assert host.connections == 3


async def test_a_goodbye_nobody_asked_for_is_not_the_next_answer() -> None:
    said_goodbye = asyncio.Semaphore(0)

    async def in_a_hurry(reader: Reader, writer: Writer) -> None:
        await read(reader)
        writer.write(OK)
        await asyncio.sleep(0.01)
        writer.write(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 2\r\n\r\nno")
        said_goodbye.release()
        await reader.read()

    async with wired(in_a_hurry) as wire:
        for _ in range(3):
            assert await post(wire) == (200, b"ok")
            await said_goodbye.acquire()
            await asyncio.sleep(0.01)


async def test_a_connection_that_was_silent_for_long_is_not_trusted() -> None:
    host = Host(OK)
    async with wired(host, keep_s=0.02) as wire:
        await post(wire)
        await asyncio.sleep(0.05)
        await post(wire)
    assert host.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nok",
    ],
)
async def test_without_a_whole_answer_nobody_knows_what_became_of_it(answer: bytes) -> None:
    host = Host(answer, hang_up=True)
    async with wired(host) as wire:
        with pytest.raises(BrokenOff):
            await post(wire)
        host.answers = [OK]
        assert await post(wire) == (200, b"ok")


async def test_an_answer_that_comes_too_late_is_not_the_next_ones() -> None:
    host = Host(OK.replace(b"ok", b"no"), OK)
    async with wired(host) as wire:
        host.go_on.clear()
        with pytest.raises(BrokenOff):
            await post(wire, patience_s=0.05)
        host.go_on.set()
        await asyncio.sleep(0.02)
        assert await post(wire) == (200, b"ok")
    assert host.connections == 2


async def test_who_gives_up_leaves_no_answer_behind() -> None:
    host = Host(OK.replace(b"ok", b"no"), OK)
    async with wired(host) as wire:
        host.go_on.clear()
        asking = asyncio.create_task(post(wire))
        await host.hears.acquire()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        host.go_on.set()
        await asyncio.sleep(0.02)
        assert await post(wire) == (200, b"ok")
    assert host.connections == 2


async def test_at_most_so_many_are_on_their_way_and_the_others_wait() -> None:
    host = Host(OK)
    async with wired(host, most=3) as wire:
        host.go_on.clear()
        asking = [asyncio.create_task(post(wire)) for _ in range(9)]
        for _ in range(3):
            await host.hears.acquire()
        await asyncio.sleep(0.02)
        assert len(host.heard) == 3
        host.go_on.set()
        assert await asyncio.gather(*asking) == [(200, b"ok")] * 9
    assert host.connections == 3


async def test_closing_breaks_off_what_is_on_its_way() -> None:
    host = Host(OK)
    async with wired(host) as wire:
        host.go_on.clear()
        asking = asyncio.create_task(post(wire))
        await host.hears.acquire()
        wire.close()
        with pytest.raises(BrokenOff):
            await asking
        host.go_on.set()


async def test_where_nobody_listens_nothing_is_sent() -> None:
    async with served(Host(OK)) as port:
        pass
    for url in (f"http://127.0.0.1:{port}", "http://nobody.invalid"):
        with pytest.raises(NotSent) as caught:
            await post(Wire(url, most=1, connect_s=5, keep_s=5))
        assert str(caught.value) == "" and caught.value.__suppress_context__


async def test_a_host_that_never_says_hello_is_given_up() -> None:
    async def mute(reader: Reader, writer: Writer) -> None:
        await reader.read()

    async with served(mute) as port:
        wire = Wire(f"https://127.0.0.1:{port}", most=1, connect_s=0.1, keep_s=5)
        with pytest.raises(NotSent):
            await post(wire)


async def test_a_token_with_strange_letters_cannot_say_more_than_a_path() -> None:
    host = Host(OK)
    async with wired(host) as wire:
        await wire.post("/bot1 HTTP/1.1\r\nX: y/ñ", b"{}", patience_s=5)
    line = host.heard[0][0].split(b"\r\n")[0]
    assert line == b"POST /api/bot1%20HTTP/1.1%0D%0AX:%20y/%C3%B1 HTTP/1.1"


async def test_only_a_host_that_proves_its_name_is_told_anything(tmp_path: Path) -> None:
    server, client = trust(tmp_path)
    host = Host(OK)
    async with served(host, tls=server) as port:
        stranger = Wire(f"https://127.0.0.1:{port}", most=1, connect_s=2, keep_s=60)
        with pytest.raises(NotSent):
            await post(stranger)
        other = Wire(f"https://localhost:{port}", most=1, connect_s=2, keep_s=60, tls=client)
        with pytest.raises(NotSent):
            await post(other)
        assert host.heard == []
        wire = Wire(f"https://127.0.0.1:{port}", most=1, connect_s=2, keep_s=60, tls=client)
        for _ in range(3):
            assert await post(wire, b"x" * 300_000) == (200, b"ok")
        wire.close()


def trust(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(the server's side, the client's side) for 127.0.0.1 and no other name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stand-in")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    both = folder / "server.pem"
    both.write_bytes(key.private_bytes(pem, *plain) + made.public_bytes(pem))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(both)
    return server, ssl.create_default_context(cadata=made.public_bytes(pem).decode())
