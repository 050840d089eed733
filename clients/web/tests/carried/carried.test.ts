import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Carried } from "../../src/carried/carried";

interface Asked {
  path: string;
  key: string | undefined;
  body: string;
  accept: string | undefined;
}

/** A server that a test plays: what was asked, and a stream that it writes on. */
class Played {
  readonly asked: Asked[] = [];
  stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  keepsBack = false;
  answers: (Response | Error)[] = [];
  polls: ((answer: object) => void)[] = [];

  readonly fetch = (url: string, { body, headers, signal }: RequestInit): Promise<Response> => {
    const named = headers as { [name: string]: string };
    const path = new URL(url).pathname;
    const accept = named["Accept"];
    this.asked.push({ path, key: named["Authorization"], body: String(body), accept });
    if (path === "/carrier" && accept === "text/event-stream") return Promise.resolve(this.begin(signal));
    if (path === "/carrier") return Promise.resolve(Response.json({ key: "k" }));
    if (path === "/carrier/poll")
      return new Promise((settle) => this.polls.push((told) => settle(Response.json(told))));
    const next = this.answers.shift() ?? new Response(null, { status: 204 });
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };

  private begin(signal: AbortSignal | null | undefined): Response {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.stream = controller;
      },
    });
    signal?.addEventListener("abort", () => this.stream?.error(new Error("aborted")));
    if (!this.keepsBack) this.write('event: key\ndata: {"key":"k"}\n\n');
    return new Response(stream);
  }

  write(text: string): void {
    this.stream?.enqueue(new TextEncoder().encode(text));
  }

  posts(): string[] {
    return this.asked.filter(({ path }) => path === "/carrier/up").map(({ body }) => body);
  }
}

let server: Played;
let Made: typeof Carried;

beforeEach(async () => {
  vi.resetModules(); // what one page has learnt of its network, the next does not know
  Made = (await import("../../src/carried/carried")).Carried;
  server = new Played();
  vi.stubGlobal("fetch", server.fetch);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

interface Opened {
  carried: Carried;
  heard: string[];
  closed: number[];
}

async function opened(): Promise<Opened> {
  const carried = new Made("ws://here/ws");
  const heard: string[] = [];
  const closed: number[] = [];
  carried.onopen = () => carried.send('{"type":"watch"}');
  carried.onmessage = ({ data }) => heard.push(data);
  carried.onclose = ({ code }) => closed.push(code);
  await vi.waitFor(() => expect(server.asked.length).toBeGreaterThan(0));
  return { carried, heard, closed };
}

test("the first frame opens a stream, and its events are frames", async () => {
  const { heard, carried } = await opened();
  expect(server.asked[0]).toMatchObject({ path: "/carrier", body: '{"type":"watch"}', key: undefined });
  server.write('data: {"type":"wel');
  server.write('come"}\n\n:\n\ndata: {"type":"update"}\n\n');
  await vi.waitFor(() => expect(heard).toEqual(['{"type":"welcome"}', '{"type":"update"}']));
  carried.close();
});

test.each([
  ["ws://here/ws/K7QF234", "/carrier/K7QF234"],
  ["ws://here/two/ws/K7QF234", "/two/carrier/K7QF234"],
  ["ws://news.ws/ws", "/carrier"],
  ["ws://news.ws/ws/K7QF234", "/carrier/K7QF234"],
])("posts go beside the socket %s, with the room's code where its path has one", async (url, path) => {
  const carried = new Made(url);
  carried.onopen = () => carried.send('{"type":"watch"}');
  await vi.waitFor(() => expect(server.asked[0]).toMatchObject({ path }));
  carried.close();
});

test("frames go up in order and numbered, the key in a header and in no address", async () => {
  const { carried } = await opened();
  for (const frame of ["1", "2", "3"]) carried.send(frame);
  await vi.waitFor(() => expect(server.posts().join()).toContain("3"));
  const posts = server.posts().map((body) => JSON.parse(body) as { from: number; frames: number[] });
  expect(posts.flatMap(({ from, frames }) => frames.map((frame, at) => [from + at, frame]))).toEqual([
    [2, 1],
    [3, 2],
    [4, 3],
  ]);
  expect(server.asked.at(-1)?.key).toBe("Bearer k");
  carried.send("4");
  await vi.waitFor(() => expect(server.posts().at(-1)).toBe('{"from":5,"frames":[4]}'));
  carried.close();
});

test("a post whose answer was lost goes up again under the same numbers", async () => {
  const { carried, closed } = await opened();
  server.answers = [new TypeError("network"), new Response(null, { status: 503 })];
  carried.send("1");
  await vi.waitFor(() => expect(server.posts().length).toBe(3), { timeout: 5000 });
  expect(new Set(server.posts())).toEqual(new Set(['{"from":2,"frames":[1]}']));
  expect(closed).toEqual([]);
  carried.close();
});

test("a key that opens nothing any more is a lost connection", async () => {
  const { carried, closed } = await opened();
  server.answers = [Response.json({ error: { code: "unauthorised" } }, { status: 401 })];
  carried.send("1");
  await vi.waitFor(() => expect(closed).toEqual([1006]));
});

test("the server's close code comes through, and a stream that merely ends is a lost connection", async () => {
  const first = await opened();
  server.write('event: close\ndata: {"code":4409,"reason":"replaced"}\n\n');
  await vi.waitFor(() => expect(first.closed).toEqual([4409]));
  const second = await opened();
  await vi.waitFor(() => expect(server.asked.length).toBe(2));
  server.stream?.close();
  await vi.waitFor(() => expect(second.closed).toEqual([1006]));
});

test("a stream that is kept back is fetched instead, each frame once", async () => {
  server.keepsBack = true;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const { heard, closed } = await opened();
  await vi.advanceTimersByTimeAsync(5000);
  vi.useRealTimers();
  await vi.waitFor(() => expect(server.polls.length).toBe(1));
  server.polls[0]?.({ last: 1, frames: [{ type: "welcome" }] });
  await vi.waitFor(() => expect(server.polls.length).toBe(2));
  expect(server.asked.at(-1)?.body).toBe('{"after":1}');
  server.polls[1]?.({ last: 2, frames: [{ type: "update" }], close: { code: 1012, reason: "" } });
  await vi.waitFor(() => expect(closed).toEqual([1012]));
  expect(heard).toEqual(['{"type":"welcome"}', '{"type":"update"}']);
});

test("whoever hears something says that they are here, if they have said nothing for long", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { carried } = await opened();
  await vi.waitFor(() => expect(server.stream).toBeDefined());
  vi.advanceTimersByTime(9000);
  server.write(":\n\n");
  await vi.waitFor(() => expect(server.posts()).toEqual(['{"from":2,"frames":[]}']));
  carried.close();
});
