import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import { View } from "../../src/store/view";

test("the hand's fields lie over the table's", () => {
  const view = new View();
  view.replace({ account: { "maker:1": { balance: 50, seat: 1 } } }, { account: { "maker:1": { balance: 38 } } });
  expect(view.find("account", "maker:1")).toEqual({ balance: 38, seat: 1 });
  expect(view.all("account")).toEqual([{ balance: 38, seat: 1 }]);
});

test("a seat's own extra time lies over the clock", () => {
  const view = new View();
  view.replace({ clock: { deadline: 100 } }, { clock: { deadline: 160 } });
  expect(view.single("clock").deadline).toBe(160);
});

test("whoever looks at one entity is told only when that entity changes", () => {
  const view = new View();
  view.replace({ maker: { 1: { seat: 1, spirit: 5 }, 2: { seat: 2, spirit: 5 } } }, {});
  let seen = 0;
  const stop = effect(() => {
    void view.find("maker", 1)?.spirit;
    seen += 1;
  });
  view.patch({ maker: { 2: { spirit: 6 } } }, undefined);
  expect(seen).toBe(1);
  view.patch({ maker: { 1: { spirit: 6 } } }, undefined);
  expect(seen).toBe(2);
  stop();
});

test("an entity that is taken away is gone", () => {
  const view = new View();
  view.replace({ venture: { 3: { id: 3 } } }, {});
  view.patch({ venture: { 3: null } }, undefined);
  expect(view.find("venture", 3)).toBeUndefined();
  expect(view.all("venture")).toEqual([]);
});
