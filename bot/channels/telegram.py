"""Telegram: how her messages come in, how ours go out.

python-telegram-bot is the client (telegram_http.py); it is only imported when a bot is started,
because it costs a third of a second that a Willaq without Telegram should not pay.
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from bot.channels.base import Bubble, Hook, Mark, MediaIds, Receipt, SendError
from bot.channels.telegram_files import Files, Read
from bot.channels.telegram_messages import LIMITS, acknowledged, call
from bot.channels.telegram_poll import TIMEOUT_S, TOKEN_IS_WRONG, Poller, Receive
from bot.channels.telegram_updates import ALLOWED_UPDATES, NAME, parse
from bot.dialogue.turn import File

if TYPE_CHECKING:
    from bot.channels.telegram_http import Client

__all__ = ["HOOK_PATH", "NAME", "Telegram", "parse"]

HOOK_PATH: Final = "/hooks/telegram"
DEFAULT_LANGUAGE: Final = "es"  # its commands are shown to whoever has another language
_DELETED_AT_ONCE: Final = 100
_MOST_ACKNOWLEDGEMENTS: Final = 500
_ACKNOWLEDGE_WITHIN_S: Final = 2.0
_HER_OWN_PACE_S: Final = 2.0
_FIRST_WAIT_S: Final = 1.0
_LONGEST_WAIT_S: Final = 300.0

log = logging.getLogger(__name__)


class Telegram:
    """`commands`: language code -> command -> description. With a `public_url` Telegram pushes
    (see `hook`), without one `poll` fetches; never both. `read` gives a file of ours by its path in
    the project, `media` keeps what Telegram calls it. What is called before `start` or after `stop`
    raises SendError."""

    name = NAME
    limits = LIMITS
    pulled = False
    confirms = knocks = counts_incoming = False
    rate_per_woman = 1.0
    burst_per_woman = 4.0  # answers she gets at once when she presses fast

    def __init__(
        self,
        *,
        token: str,
        api_url: str = "https://api.telegram.org",
        rate: float = 30.0,
        public_url: str | None = None,
        webhook_secret: str | None = None,
        commands: Mapping[str, Mapping[str, str]] | None = None,
        media: MediaIds | None = None,
        read: Read | None = None,
    ) -> None:
        self.rate = rate
        self._token, self._api_url = token, api_url
        self._public_url = public_url
        # The same in every process of this bot, and nobody without the token can know it.
        self._secret = webhook_secret or hmac.digest(token.encode(), b"webhook", "sha256").hex()
        self._commands = commands or {}
        self._files = Files(media, read)
        self._client: Client | None = None
        self._setting_up: asyncio.Task[None] | None = None
        self._acknowledgements: set[asyncio.Task[None]] = set()
        self._sent: set[str] = set()  # to whom, in these two seconds
        self._sent_before: set[str] = set()  # and in the two before
        self._turn_at = 0.0

    def hook(self) -> Hook | None:
        """Where Telegram pushes, or None when `poll` has to fetch."""
        if self._public_url is None:
            return None
        return Hook(
            HOOK_PATH,
            header=b"x-telegram-bot-api-secret-token",
            is_genuine=self._is_genuine,
            parse=parse,
            acknowledge=self.acknowledge,
            answer=acknowledged,
            signs_body=False,
        )

    def _is_genuine(self, secret: bytes, body: bytes) -> bool:
        return hmac.compare_digest(secret, self._secret.encode())

    async def start(self) -> None:
        """Opens the pool. Telling Telegram about commands and the webhook goes on behind."""
        from bot.channels.telegram_http import Client

        self._client = Client(self._token, self._api_url)
        await self._client.open()
        self._setting_up = asyncio.create_task(self.setup())
        self._setting_up.add_done_callback(_say_if_it_failed)

    async def stop(self) -> None:
        if self._setting_up is not None:
            self._setting_up.cancel()
            await asyncio.gather(self._setting_up, return_exceptions=True)
        if self._acknowledgements:
            await asyncio.wait(self._acknowledgements, timeout=_ACKNOWLEDGE_WITHIN_S)
        for task in self._acknowledgements:
            task.cancel()
        await asyncio.gather(*self._acknowledgements, return_exceptions=True)
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def send(self, address: str, bubble: Bubble, mark: Mark | None = None) -> Receipt:
        sent_before = self._note_sent(address)
        try:
            match bubble.attachments:
                case (File() as file,):
                    sent = await self._files.send(self._opened, address, file)
                case _:
                    sent = await self._opened.call(*call(address, bubble))
        except SendError as error:
            if error.reason == "rate" and sent_before:
                # She alone got too much; the others need not wait for her.
                error.everyone = False
            raise
        return Receipt(str(sent["message_id"]) if isinstance(sent, dict) else "")

    async def fetch(self, media: str, most_bytes: int) -> bytes:
        """A voice note; nothing else she sends is ever fetched. Raises SendError; "large": it is
        longer than `most_bytes`."""
        return await self._opened.download(media, most_bytes)

    async def knock(self, address: str, mark: Mark | None = None) -> Receipt:
        raise SendError("no window", permanent=True)

    async def erase(self, address: str, refs: Sequence[str]) -> None:
        # Newest first: what she just read matters most if the rest takes long.
        ids = sorted({int(ref) for ref in refs if ref.isdecimal()}, reverse=True)
        for first in range(0, len(ids), _DELETED_AT_ONCE):
            await self._delete(address, ids[first : first + _DELETED_AT_ONCE])

    async def _delete(self, address: str, ids: list[int]) -> None:
        try:
            await self._opened.call("deleteMessages", {"chat_id": int(address), "message_ids": ids})
        except SendError as error:
            if error.reason != "rejected":
                raise
            # One that is older than 48 hours spoils the rest: find it, leave only that one.
            middle = len(ids) // 2
            for half in (ids[:middle], ids[middle:]) if middle else ():
                await self._delete(address, half)

    async def leave(self, address: str) -> None:
        try:
            await self._opened.call("leaveChat", {"chat_id": int(address)})
        except SendError as error:
            if not error.permanent:
                raise

    def acknowledge(self, ack: str) -> None:
        """Stops the little clock on the button she pressed. Nobody waits for it: the answer to
        her is on its way meanwhile, and a clock that stays is no harm."""
        if not ack or len(self._acknowledgements) >= _MOST_ACKNOWLEDGEMENTS:
            return
        task = asyncio.create_task(self._acknowledge(ack))
        self._acknowledgements.add(task)
        task.add_done_callback(self._acknowledgements.discard)

    async def _acknowledge(self, ack: str) -> None:
        try:
            await self._opened.call("answerCallbackQuery", {"callback_query_id": ack})
        except SendError as error:
            log.debug("a button was not acknowledged: %s", error.reason)

    async def poll(self, receive: Receive, *, timeout_s: int = TIMEOUT_S) -> None:
        """Hands on what women do until it is cancelled. `receive` returns once it is kept and
        raises when it could not be: then it gets the same again."""
        await Poller(self._opened, receive, self.acknowledge, timeout_s=timeout_s).run()

    async def setup(self) -> None:
        """Tell Telegram our commands and where to push, as often as it takes. `start` does it."""
        client = self._opened
        await self._insist("getMe", partial(client.call, "getMe", {}))
        if self._public_url is not None:
            await self._insist("setWebhook", self._set_webhook)
        for language in self._commands:
            await self._insist("setMyCommands", partial(self._set_commands, language))

    async def _set_commands(self, language: str) -> None:
        bot, commands = self._opened.bot, list(self._commands[language].items())
        code = None if language == DEFAULT_LANGUAGE else language
        await self._opened.ask(bot.set_my_commands(commands, language_code=code))

    async def _set_webhook(self) -> None:
        setting = self._opened.bot.set_webhook(
            f"{self._public_url}{HOOK_PATH}",
            max_connections=100,
            allowed_updates=ALLOWED_UPDATES,
            secret_token=self._secret,
        )
        await self._opened.ask(setting)

    async def _insist(self, what: str, step: Callable[[], Awaitable[Any]]) -> None:
        wait_s = _FIRST_WAIT_S
        while True:
            try:
                await step()
                return
            except SendError as error:
                if _is_pointless(what, error):
                    return
                told_s = _LONGEST_WAIT_S if error.permanent else error.retry_after_s
            await asyncio.sleep(wait_s if told_s is None else told_s)
            wait_s = min(_LONGEST_WAIT_S, wait_s * 2)

    @property
    def _opened(self) -> "Client":
        if self._client is None:
            raise SendError("stopped")
        return self._client

    def _note_sent(self, address: str) -> bool:
        """Note that something goes to her now; True when something just did."""
        now = asyncio.get_running_loop().time()
        if now >= self._turn_at:
            is_old = now >= self._turn_at + _HER_OWN_PACE_S
            self._sent_before = set() if is_old else self._sent
            self._sent, self._turn_at = set(), now + _HER_OWN_PACE_S
        just_did = address in self._sent or address in self._sent_before
        self._sent.add(address)
        return just_did


def _say_if_it_failed(setup: asyncio.Task[None]) -> None:
    if not setup.cancelled() and setup.exception() is not None:
        log.error("Telegram could not be set up; messages still work", exc_info=setup.exception())


def _is_pointless(what: str, error: SendError) -> bool:
    """Says what the matter is; True when trying again changes nothing."""
    if error.reason == "unsupported":
        log.debug("this server does not have the method", extra={"method": what})
    elif error.reason == "token":
        log.error(TOKEN_IS_WRONG)
    elif what == "setWebhook" and error.permanent:
        log.error("Telegram refuses the webhook's address: check WILLAQ_PUBLIC_URL")
        return False
    elif not error.permanent:
        log.warning("Telegram: %s; trying again", error.reason, extra={"method": what})
    return error.permanent
