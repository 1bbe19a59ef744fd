"""python-telegram-bot's client over aiohttp, and what Telegram's answers mean for the next try.

The library's own transport costs five times the processor time of a whole reply (measured; see
docs/why.md). What it would raise says less than Telegram does: whether a message may have arrived,
how long to wait. So this one judges the answers itself, before the library sees them.

Rule 1: no exception that leaves this file carries an address: a bot's token is part of it.
Rule 2: what Telegram answered is read, never logged: it can quote what she is told.
"""

import logging
from collections.abc import Awaitable, Mapping
from typing import Any, Final, TypeVar, cast

import orjson
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.base import SendError
from bot.channels.foreign import an_object, decoded, string, whole
from bot.channels.http import PATIENCE_S, Body, Payload, Wire, form

UPLOAD_PATIENCE_S: Final = 30.0
TOKEN_WAIT_S: Final = 60.0
_UNTOLD_WAIT_S: Final = 5.0

# Enough of them that the log says what to mend; the rest of the sentence can quote the message.
_WHY_REJECTED: Final = (
    "can't parse entities",
    "message is too long",
    "message text is empty",
    "BUTTON_DATA_INVALID",
    "BOT_COMMAND_INVALID",
)
_NO_SUCH_FILE: Final = ("wrong file identifier", "wrong remote file identifier")
_NOBODY_THERE: Final = ("chat not found", "PEER_ID_INVALID", "user not found")

log = logging.getLogger(__name__)
T = TypeVar("T")


class Client:
    """Calls Telegram's API. Every failure is a SendError."""

    def __init__(self, token: str, api_url: str) -> None:
        self._transport = _Transport()
        self.bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )
        self._address = f"{api_url}/bot{token}"
        self._files = f"{api_url}/file/bot{token}"

    async def open(self) -> None:
        await self._transport.initialize()

    async def close(self) -> None:
        await self._transport.shutdown()

    async def call(
        self, method: str, params: Mapping[str, Any], *, patience_s: float = PATIENCE_S
    ) -> Any:
        """The lean way, for what happens a thousand times: no object but the parameters.

        `patience_s` is for silence, not for the whole call.
        """
        try:
            body = cast(RequestData, _Body(orjson.dumps(params)))
        except TypeError:
            raise SendError("rejected", permanent=True) from None
        url = f"{self._address}/{method}"
        try:
            _, answer = await self._transport.do_request(url, "POST", body, patience_s)
            return self._transport.parse_json_payload(answer)["result"]
        except _Failed as failed:
            raise failed.error from None

    async def upload(
        self,
        method: str,
        params: Mapping[str, Any],
        name: str,
        content: bytes,
        mime: str,
        filename: str = "",
    ) -> Any:
        """As `call`, with a file as the parameter `name`."""
        fields = {key: _as_text(value) for key, value in params.items()}
        url = f"{self._address}/{method}"
        try:
            _, answer = await self._transport.send_form(
                url, form(fields, name, content, mime, filename)
            )
            return self._transport.parse_json_payload(answer)["result"]
        except _Failed as failed:
            raise failed.error from None

    async def download(self, file_id: str, most_bytes: int) -> bytes:
        """What somebody sent to the bot. Raises SendError; "large": it is longer than that."""
        about = an_object(await self.call("getFile", {"file_id": file_id}))
        path = string(about.get("file_path"))
        if (whole(about.get("file_size")) or 0) > most_bytes:
            raise SendError("large", permanent=True)
        if not path:
            raise SendError("garbled")
        return await self._transport.download(f"{self._files}/{path}", most_bytes)

    async def ask(self, asked: Awaitable[T]) -> T:
        """One of the library's own methods, its failures as SendError."""
        try:
            return await asked
        except _Failed as failed:
            raise failed.error from None
        except TelegramError:
            raise SendError("garbled", unsure=True) from None


class _Body:
    """Parameters that are JSON already. Of a RequestData, only this attribute is looked at."""

    __slots__ = ("json_payload",)

    def __init__(self, json_payload: bytes) -> None:
        self.json_payload = json_payload


class _Failed(TelegramError):
    """Carries our judgement through the library, which lets nothing else pass."""

    def __init__(self, error: SendError) -> None:
        super().__init__(error.reason)
        self.error = error


class _Transport(BaseRequest):
    """Sends JSON; files only by `send_form`, which the library does not know."""

    def __init__(self) -> None:
        self._wire = Wire({"Content-Type": "application/json"})
        self._token_is_good = False

    @property
    def read_timeout(self) -> float:
        return PATIENCE_S

    async def initialize(self) -> None:
        await self._wire.open()

    async def shutdown(self) -> None:
        await self._wire.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        patience_s = read_timeout if isinstance(read_timeout, int | float) else PATIENCE_S
        body = request_data.json_payload if request_data else b""
        return await self._exchange(method, url, body, patience_s)

    async def send_form(self, url: str, form: Payload) -> tuple[int, bytes]:
        """Files, with headers of their own."""
        headers = dict(form.headers)
        return await self._exchange("POST", url, form, UPLOAD_PATIENCE_S, headers)

    async def download(self, url: str, most_bytes: int) -> bytes:
        """Raises SendError."""
        status, content = await self._wire.download(url, most_bytes, UPLOAD_PATIENCE_S)
        if status != 200:
            raise judge(status, content, "download")
        return content

    async def _exchange(
        self,
        method: str,
        url: str,
        body: Body,
        patience_s: float,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        try:
            status, answer = await self._wire.exchange(method, url, body, patience_s, headers)
        except SendError as error:
            raise _Failed(error) from None
        if status == 200:
            self._token_is_good = True
        elif status == 404 and self._token_is_good:
            raise _Failed(SendError("unsupported", permanent=True))
        else:
            raise _Failed(judge(status, answer, url.rpartition("/")[2]))
        return status, answer

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The library's own logs what it cannot read."""
        answer = decoded(payload)
        if not answer.get("ok") or "result" not in answer:
            raise _Failed(judge(200, payload, ""))
        return answer


def judge(status: int, body: bytes, method: str) -> SendError:
    """What an answer other than yes means. A 404 is a token that looks like none."""
    answer = decoded(body)
    if answer.get("ok") is not False and status != 404:
        # Not Telegram but something on the way to it: what it says about her is worth nothing.
        return SendError("garbled" if status < 300 else "server", unsure=not 300 <= status < 500)
    code = answer.get("error_code")
    status = code if isinstance(code, int) else status
    description = str(answer.get("description", ""))
    parameters = an_object(answer.get("parameters"))
    if status == 429:
        return SendError("rate", retry_after_s=_wait_s(parameters), everyone=True)
    if status == 403:
        return SendError("blocked", unreachable=True)
    if status in (401, 404):
        return SendError("token", retry_after_s=TOKEN_WAIT_S, everyone=True)
    if status == 409:
        return SendError("conflict")
    if "migrate_to_chat_id" in parameters:
        return SendError("moved", permanent=True)
    if 400 <= status < 500:
        return _rejected(description, method)
    return SendError("server")


def _rejected(description: str, method: str) -> SendError:
    if any(words in description for words in _NOBODY_THERE):
        return SendError("missing", unreachable=True)
    if any(words in description for words in _NO_SUCH_FILE):
        return SendError("media", permanent=True)
    why = next((words for words in _WHY_REJECTED if words in description), "another reason")
    # Deleting what is gone and acknowledging what is old fail every day.
    level = logging.ERROR if method.startswith(("send", "set")) else logging.DEBUG
    log.log(level, "Telegram refuses a request of ours: %s", why, extra={"method": method})
    return SendError("rejected", permanent=True)


def _as_text(value: object) -> str:
    """A form has only text."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _wait_s(parameters: Mapping[str, Any]) -> float:
    told = parameters.get("retry_after")
    return float(told) if isinstance(told, int | float) and told >= 0 else _UNTOLD_WAIT_S
