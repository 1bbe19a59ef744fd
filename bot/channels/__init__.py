"""Every way to reach her. A new one is a row here, a file beside it and a line in `app`."""

CHANNELS = {
    "telegram": "bot.channels.telegram",
    "whatsapp": "bot.channels.whatsapp",
    "webchat": "bot.channels.webchat",
    "terminal": "bot.channels.terminal",
}
