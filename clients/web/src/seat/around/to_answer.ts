// How many others wait for this seat's answer.
import { useRoom } from "../../store/context";

export function useWaitingForMe(): number {
  const { view, seat } = useRoom();
  const own = seat.value;
  const proposals = view.all("proposal").filter((each) => each.receiver === own && each.status === "open");
  const sheets = view
    .all("sheet")
    .filter((each) => each.status === "open" && (each.by === "maker" ? each.investor : each.maker) === own);
  return proposals.length + sheets.length;
}
