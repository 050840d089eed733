import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask } from "../../src/protocol/ask";

const PATH = "api/rooms/K7QF234/debrief";

beforeEach(() => vi.stubGlobal("location", new URL("https://play.test/")));
afterEach(() => vi.unstubAllGlobals());

/** Have each request answered by what is said of its address; undefined: nobody is there. */
function answering(answers: { readonly [url: string]: Response | undefined }): ReturnType<typeof vi.fn> {
  const fetching = vi.fn((url: string | URL, _: RequestInit) => {
    const answer = answers[String(url)];
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError("nobody"));
  });
  vi.stubGlobal("fetch", fetching);
  return fetching;
}

const moved = (to = "wss://play.test/two/ws"): Response =>
  Response.json({ error: { code: "moved", message: "Elsewhere.", to } }, { status: 421 });

test("what another server of the origin has is asked for there, with the token", async () => {
  const fetching = answering({ [PATH]: moved(), [`https://play.test/two/${PATH}`]: new Response("there") });
  const answer = await ask(PATH, "secret");
  expect(await answer?.text()).toBe("there");
  expect(fetching.mock.calls.map(([, { headers }]) => headers)).toEqual(
    Array(2).fill({ Authorization: "Bearer secret" }),
  );
});

test("where the page may not go there, it is told why nothing comes", async () => {
  answering({ [PATH]: moved() });
  const answer = await ask(PATH, undefined);
  expect(await answer?.json()).toMatchObject({ error: { code: "moved" } });
});

test.each(["wss://other.test/ws", "ws://play.test/ws"])("nothing is asked for at another origin: %s", async (to) => {
  const fetching = answering({ [PATH]: moved(to) });
  const answer = await ask(PATH, "secret");
  expect(await answer?.json()).toMatchObject({ error: { to } });
  expect(fetching).toHaveBeenCalledTimes(1);
});

test("where nobody answers there is no answer", async () => {
  answering({});
  expect(await ask(PATH, "secret")).toBeUndefined();
});
