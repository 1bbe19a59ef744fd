"""The peer: what python-telegram-bot's documentation has for writing to many, a loop under its own
rate limiter. python -m tests.benchmarks.announcing_peer, with PEER_* in the environment.
"""

import asyncio
import os

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application

from tests.announcing import TEXTS
from tests.benchmarks.crowd import FIRST


async def main() -> None:
    token, api_url = os.environ["PEER_TOKEN"], os.environ["PEER_API_URL"]
    limiter = AIORateLimiter(overall_max_rate=float(os.environ["PEER_RATE"]), max_retries=5)
    builder = Application.builder().token(token).base_url(f"{api_url}/bot").updater(None)
    async with builder.rate_limiter(limiter).build() as application:
        await application.bot.set_webhook(f"http://127.0.0.1:{os.environ['PEER_PORT']}/none")
        await asyncio.sleep(2)
        for number in range(int(os.environ["PEER_MANY"])):
            text = TEXTS["quy" if number % 10 < 3 else "es"]
            try:
                await application.bot.send_message(FIRST + number, text)
            except TelegramError:
                continue
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
