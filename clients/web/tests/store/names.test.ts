// What people are called: short on the table, whole where it is their own.
import { expect, test } from "vitest";
import { seatName, wholeName } from "../../src/store/names";
import { roomOf } from "../rig/rooms";

test.each([
  ["Mina", "Mina"],
  ["Maximiliane von Adel", "Maximiliane von Adel"], // twenty letters
  ["Maximiliane von Adelberg", "Maximiliane von Ade…"],
  ["欧阳明月清风徐来水波不", "欧阳明月清风徐来水波不"],
  ["欧阳明月清风徐来水波不兴", "欧阳明月清风徐来水波不兴"], // twelve
  ["欧阳明月清风徐来水波不兴举酒", "欧阳明月清风徐来水波不…"],
  ["👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬", "👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬…"],
])("%s stands on the table as %s", (name, shown) => {
  const { view } = roomOf({ seat: { 1: { id: 1, role: "maker", ready: false, name } } });
  expect(seatName(view, 1)).toBe(shown);
  expect(wholeName(view, 1)).toBe(name);
});
