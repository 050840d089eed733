// A game over days: on which days and at which times its phases end, in this machine's own time zone.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, expect, test } from "vitest";
import { DatesField } from "../../../src/host/create/dates";
import { frameOf } from "../../../src/host/create/open_room";
import { FIRST_WISH, type WishedDates } from "../../../src/host/create/room_wish";

afterEach(cleanup);

let wished: WishedDates | undefined;

function Page() {
  const [dates, setDates] = useState<WishedDates>();
  wished = dates;
  return <DatesField dates={dates} onChange={setDates} />;
}

test("days and times are chosen one by one", () => {
  render(<Page />);
  expect(screen.queryByLabelText("Time 1")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /^Days/ }));
  expect(wished).toEqual({ times: ["18:00"], days: [1, 2, 3, 4, 5] });
  fireEvent.click(screen.getByRole("button", { name: "Mon" }));
  fireEvent.click(screen.getByRole("button", { name: "Sun" }));
  fireEvent.click(screen.getByRole("button", { name: "Add a time" }));
  fireEvent.change(screen.getByLabelText("Time 2"), { target: { value: "09:30" } });
  expect(wished).toEqual({ times: ["18:00", "09:30"], days: [2, 3, 4, 5, 7] });
  fireEvent.click(screen.getByRole("button", { name: "Remove the last time" }));
  fireEvent.change(screen.getByLabelText("Time 1"), { target: { value: "" } }); // half typed: what was there stays
  expect(wished).toEqual({ times: ["18:00"], days: [2, 3, 4, 5, 7] });
  fireEvent.click(screen.getByRole("button", { name: /^One lesson/ }));
  expect(wished).toBeUndefined();
});

test("a room is asked for with its dates in this machine's zone, and without them as before", () => {
  const wish = { ...FIRST_WISH, language: "en" as const };
  const dates = { times: ["18:00"], days: [1] };
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(frameOf({ ...wish, dates }, undefined, "id").options).toMatchObject({ dates: { ...dates, zone } });
  expect(frameOf(wish, undefined, "id").options).not.toHaveProperty("dates");
});
