// A seat's phone as it is now, for a host who looks over its shoulder: its own numbers, and the question it is asked.
import { Purse } from "../around/purse";
import { Now } from "./now";

export function SeatPicture() {
  return (
    <>
      <Purse />
      <Now />
    </>
  );
}
