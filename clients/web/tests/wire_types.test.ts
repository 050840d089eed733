// The types of the wire are the server's: what the build has made is what its schemas say now.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CLOSED, PROTOCOL, SUBPROTOCOL } from "../src/protocol/frames";
import { frames, views } from "../wire_types";

const WEB = join(import.meta.dirname, "..");
const contract = JSON.parse(readFileSync(join(WEB, "../../docs/reference/frames.schema.json"), "utf8")) as {
  title: string;
  protocol: number;
  close_codes: { [code: string]: string };
};

test.each([
  ["frames", frames],
  ["views", views],
])("the types of %s are made of the server's schema", async (name, made) => {
  expect(readFileSync(join(WEB, `src/generated/${name}.ts`), "utf8")).toBe(await made());
});

test("a field that only owners see is optional, one that everybody sees is not", async () => {
  const made = await views();
  const maker = /export interface Maker \{(.*?)\n\}/s.exec(made)?.[1] ?? "";
  expect(maker).toMatch(/hours\?: number/);
  expect(maker).toMatch(/spirit: number/);
  expect(made).not.toContain("null;");
});

test("version, subprotocol and close codes are the contract's", () => {
  expect([PROTOCOL, SUBPROTOCOL]).toEqual([contract.protocol, contract.title]);
  const words = {
    badFrame: "bad_frame",
    unauthorised: "unauthorised",
    noSuchRoom: "no_such_room",
    noFirstFrame: "no_first_frame",
    replaced: "replaced",
    removed: "removed",
    flooding: "flooding",
    restarting: "restart",
    later: "try_later",
  };
  const ours = Object.fromEntries(
    Object.entries(CLOSED).map(([name, code]) => [code, words[name as keyof typeof words]]),
  );
  expect(contract.close_codes).toMatchObject(ours);
});
