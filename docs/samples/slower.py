# Where WebSockets are blocked: the same frames by a stream of events and posts, with nothing but Python below them.
# `python slower.py http://localhost:8000 K7QFWXY Mina` plays as client.py does: a link is used like a socket there.

import asyncio, http.client, json, pathlib, runpy, sys, threading, websockets
from contextlib import suppress
from urllib.parse import urlsplit


class Link:
    def __init__(self, url, **_):
        self.url, self.key, self.number, self.frames = urlsplit(url), "", 1, asyncio.Queue()
        self.is_over, self.turn, self.opened = False, asyncio.Lock(), asyncio.Event()
        self.tell = asyncio.get_running_loop().call_soon_threadsafe

    def ask(self, path, body, accept="application/json"):
        is_plain = self.url.scheme in ("http", "ws")
        line = (http.client.HTTPConnection if is_plain else http.client.HTTPSConnection)(self.url.netloc, timeout=30)
        own = {"Content-Type": "application/json", "Accept": accept, "Authorization": f"Bearer {self.key}"}
        line.request("POST", f"/carrier/{sys.argv[2]}{path}", body, own)  # by the code a proxy knows who has the room
        return line.getresponse()

    def follow(self, first):  # in a thread: an event named `key` first, then a frame each, and what ends it
        name = ""
        with suppress(OSError, RuntimeError):  # cut: whoever uses this comes back with `resume`; or the loop has ended
            for line in self.ask("", first, "text/event-stream"):
                word, _, data = line.decode().rstrip("\n").partition(": ")
                if word == "data" and name == "key":
                    self.key = json.loads(data)["key"]
                    self.tell(self.opened.set)
                elif word == "data" and not name:
                    self.tell(self.frames.put_nowait, data)
                name = data if word == "event" else "" if word == "data" else name
        with suppress(RuntimeError):  # the game is over and the loop has ended: nobody listens
            self.tell(lambda: (self.opened.set(), self.frames.put_nowait(None)))

    async def send(self, text):
        if not self.key:  # the first frame opens; what is sent behind it waits until it has come through
            threading.Thread(target=self.follow, args=(text,), daemon=True).start()
            await self.opened.wait()
            if not self.key:
                raise OSError("nobody answers")
            self.staying = asyncio.create_task(self.stay())
        else:
            await self.post([json.loads(text)])

    async def post(self, frames):  # one after the other, and again until it is taken: by its number it counts once
        async with self.turn:
            body = json.dumps({"from": self.number + 1, "frames": frames})
            for wait in (0.5, 1, 2, 0):
                status = (await asyncio.to_thread(self.ask, "/up", body)).status
                if status == 204:
                    break
                await asyncio.sleep(wait)
            self.number += len(frames)

    async def stay(self):  # whoever says nothing for 30 seconds is taken for gone
        while not self.is_over:
            await self.post([])
            await asyncio.sleep(8)

    async def __aiter__(self):
        while (frame := await self.frames.get()) is not None:
            yield frame

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        self.is_over = True


websockets.connect = Link  # from where client.py has its sockets
runpy.run_path(str(pathlib.Path(__file__).with_name("client.py")))
