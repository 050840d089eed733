// The outlook: what the server foresees, said in words and bars; no number of the rules is made here.
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { PlanThatRolls } from "../../../src/seat/phases/maker/incubation";
import { Ghost, Materials, Odds, Steps, WorkshopHours } from "../../../src/seat/phases/outlook";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const wanted = [10, 6, 4];

test("a track shows what is there, what one's own hours add and what promised hours add", () => {
  const { container } = render(
    <Ghost track={0} now={2} bounds={{ least: { tracks: [5, 6, 4], wanted }, most: { tracks: [10, 6, 4], wanted } }} />,
  );
  expect(container.textContent).toBe("5 of 10, 10 with promised hours");
  expect([...container.querySelectorAll("i")].map((part) => part.style.width)).toEqual(["20%", "30%", "50%"]);
});

test("a track that has what the next stage wants says so", () => {
  const { container } = render(
    <Ghost track={2} now={4} bounds={{ least: { tracks: [5, 6, 7], wanted }, most: { tracks: [5, 6, 7], wanted } }} />,
  );
  expect(container.textContent).toBe("7, enough for the next stage (4)");
});

test.each([
  [{ tracks: [5, 6, 4] }, { tracks: [5, 6, 4] }, true, "Dice still need: Technology 5."],
  [{ tracks: wanted }, { tracks: wanted }, false, "Enough progress, but only a born venture rolls for the next stage."],
  [
    { tracks: wanted, ways: 15, added: 2, needed: 10 },
    { tracks: wanted, ways: 15, added: 2, needed: 10 },
    true,
    "Chance of success: 42%. Two dice + 2 must reach 10.",
  ],
  [
    { tracks: [5, 6, 4] },
    { tracks: wanted, ways: 26, added: 2, needed: 8 },
    true,
    "If promises are kept, the chance of success is 72%. Two dice + 2 must reach 8.",
  ],
  [
    { tracks: wanted, ways: 10 },
    { tracks: wanted, ways: 15 },
    true,
    "Chance of success: 28%, or 42% if promises are kept. ",
  ],
])("the odds of %j to %j are told", (least, most, born, said) => {
  const bounds = { least: { ...least, wanted }, most: { ...most, wanted } };
  const wrapper = inRoom(roomOf({}));
  expect(render(<Odds bounds={bounds} born={born} />, { wrapper }).container.textContent).toBe(said);
});

test("a tenant reads how many hours the workshop could still add", () => {
  const module = { incubation: { phase: "incubation", workshop_venture: 3 } };
  const wrapper = inRoom(roomOf({ module, space: { 4: { id: 4 } } }));
  expect(render(<WorkshopHours space={4} />, { wrapper }).container.textContent).toContain(
    "The workshop of North Hall can add up to 3 hours",
  );
  expect(render(<WorkshopHours space={0} />, { wrapper }).container.textContent).toBe("");
});

test("a product, which rolls no more, has no odds", () => {
  const done = { tracks: [42, 38, 34], wanted: [0, 0, 0] };
  expect(render(<Odds bounds={{ least: done, most: done }} born />).container.textContent).toBe("");
});

test("materials that the venture can't pay are told with what is missing", () => {
  const { container } = render(<Materials till={4} bounds={{ least: { materials: 10, credits: 4 }, most: {} }} />);
  expect(container.textContent).toBe("Materials cost 10, the venture has 4. Without 6 more there is no progress.");
});

test("materials that a maker pays are not said to be the venture's", () => {
  const { container } = render(<Materials till={3} bounds={{ least: { materials: 10, credits: 10 }, most: {} }} />);
  expect(container.textContent).toBe("Materials cost 10: 7 of it is your own money.");
});

test("each step of the payout is told with its bounds, and none that is nothing", () => {
  const bounds = {
    least: { sales: 138, goods: 41, dividend: 41, yours: 49 },
    most: { sales: 162, goods: 48, dividend: 48, yours: 56 },
  };
  const rows = [...render(<Steps bounds={bounds} />).container.querySelectorAll("li")].map((row) =>
    row.textContent?.trim(),
  );
  expect(rows).toEqual(["Sold138–162", "− cost of goods41–48", "= shared out41–48", "For you in all49–56"]);
});

test("hours that would do for the dice elsewhere are told, and one tap plans them so", () => {
  const room = roomOf({}, { default: { plan: { technology: 0, customers: 9, business: 1, day_job: 0 } } });
  const lacks = { tracks: [8, 19, 5], wanted };
  render(<PlanThatRolls bounds={{ least: lacks, most: { ...lacks, plan: [2, 8, 0] } }} />, { wrapper: inRoom(room) });
  expect(screen.getByText("Your hours would do for the dice: 2 more in Technology.")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Plan it so" }));
  const planned = { technology: 2, customers: 8, business: 0, day_job: 0 };
  expect(room.drafts.of("plan", "").value.args).toEqual(planned);
});

test("where no other plan brings the dice, none is told", () => {
  const lacks = { tracks: [8, 19, 5], wanted };
  const { container } = render(<PlanThatRolls bounds={{ least: lacks, most: lacks }} />, {
    wrapper: inRoom(roomOf({})),
  });
  expect(container.textContent).toBe("");
});
