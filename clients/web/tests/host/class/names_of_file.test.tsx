// A file of names on the sheet of the people: what was typed stays, and a choice that is taken back closes nothing.
import { createEvent, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";
import { ClassPage } from "../../../src/host/class/class_page";
import { below, listIn } from "../../../src/host/class/people/names";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const CLASS = { code: "K7QF234", name: "10b", scenario: "quickstart", size: 4, people: 0 };

/** Open the sheet and type names; return the fields of both. */
function typed(names: string): { area: HTMLTextAreaElement; field: HTMLInputElement } {
  render(<ClassPage />, { wrapper: inRoom(roomOf({ class: CLASS }, {}, { kind: "host", member: 2 })) });
  fireEvent.click(screen.getByRole("button", { name: "Nobody on the list yet" }));
  const area = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Names, one a line" });
  fireEvent.input(area, { target: { value: names } });
  return { area, field: screen.getByLabelText<HTMLInputElement>("Choose a file") };
}

function choose(field: HTMLInputElement, content: BlobPart): void {
  const files = [new File([content], "names.csv")];
  fireEvent.change(field, { target: { files } });
}

test("a choice that is taken back leaves the sheet open with what was typed", () => {
  const { area, field } = typed("Ana\nBo");
  fireEvent(field, createEvent("cancel", field, { bubbles: true, cancelable: true }));
  expect(screen.getByRole("dialog")).toBeTruthy();
  expect(area.value).toBe("Ana\nBo");
});

test("the names of a file go below those that are typed; the same file again adds none", async () => {
  const { area, field } = typed("Ana\nBo");
  choose(field, "name\nCy\nBo\nCy\n");
  await waitFor(() => expect(area.value).toBe("Ana\nBo\nCy\nCy")); // twins within a file are told by the server
  choose(field, "name\nCy\nBo\nDi\n");
  await waitFor(() => expect(area.value).toBe("Ana\nBo\nCy\nCy\nDi"));
});

test.each([
  ["in letters that can't be told", new Uint8Array([0xa4, 0xfd, 0xa4, 0x70, 0xa9, 0xfa, 0x0a, 0xb3, 0xaf])],
  ["without a name", "\n \n"],
])("a file %s is told with what to do, and what was typed stays", async (_, content) => {
  const { area, field } = typed("Ana\nBo");
  choose(field, content);
  const told = await screen.findByRole("alert");
  expect(told.textContent).toContain("names.csv; expected a name a line or a CSV, saved as UTF-8");
  expect(area.value).toBe("Ana\nBo");
  choose(field, "Cy");
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(area.value).toBe("Ana\nBo\nCy");
});

test("who is typed without a group has the one that the file says", () => {
  const list = below(listIn("Ana\nBo"), listIn("name,group\nBo,red\nCy,blue"));
  expect(list).toEqual([
    { name: "Ana", mark: "" },
    { name: "Bo", mark: "red" },
    { name: "Cy", mark: "blue" },
  ]);
});
