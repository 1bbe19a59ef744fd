"""A stand-in for WhatsApp with a webhook to push to."""

from collections.abc import AsyncIterator

import pytest

from tests.standins.hooked import Hooked, hooked
from tests.standins.whatsapp import Standin


@pytest.fixture
async def whatsapp() -> AsyncIterator[Standin]:
    async with Standin() as whatsapp:
        yield whatsapp


@pytest.fixture
async def hook(whatsapp: Standin) -> AsyncIterator[Hooked]:
    async with hooked() as hook:
        await whatsapp.push_to(hook.url)
        yield hook
        whatsapp.webhook.stop()
