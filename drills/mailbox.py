"""An SMTP server in a thread that takes every mail and counts their Message-IDs."""

import asyncio
import threading
from collections import Counter
from email.parser import BytesHeaderParser


class Mailbox:
    """`seen` counts how often each Message-ID came; `sizes` would be words, so none are kept."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seen: Counter[str] = Counter()
        self._ready = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()
        if not self._ready.wait(10):
            raise RuntimeError("The mail server of the drill did not start")

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", self.port)
        self._ready.set()
        async with server:
            await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 drill")
        try:
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    say("354 go on")
                    self._note(await reader.readuntil(b"\r\n.\r\n"))
                say("221 bye" if verb == b"QUIT" else "250 ok")
                await writer.drain()
                if verb == b"QUIT":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever sent was killed in the middle: nothing was taken
        finally:
            writer.close()

    def _note(self, message: bytes) -> None:
        headers = BytesHeaderParser().parsebytes(message)
        self.seen[str(headers["Message-ID"]).strip()] += 1
