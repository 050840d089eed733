// Who has said no to what this seat asked, and why where a reason was given: told in a line to the two sides. And who
// has not answered when the phase closed.
import type { DatedLine } from "../../../store/log";
import type { Declined } from "../kinds";
import { type Asked, isCloseOf } from "./asked";

const SILENT = "silent";

type No = Pick<Declined, "whom" | "what" | "reason">;

export function declined(asked: Asked): Declined[] {
  return [...saidNo(asked), ...silent(asked)];
}

function saidNo(asked: Asked): Declined[] {
  const { lines, before } = asked;
  const counts = new Map<number, number>();
  return lines
    .flatMap((line) => noTo(asked, line) ?? [])
    .map((no) => {
      const nth = (counts.get(no.whom) ?? 0) + 1;
      counts.set(no.whom, nth);
      const { season, phase } = before;
      return { kind: "declined", id: `${season}.${phase}.no.${no.whom}.${nth}`, season, phase, full: false, ...no };
    });
}

/** Return what a line says of a no, where it answers this seat. */
function noTo({ room }: Asked, { text, values = {} }: DatedLine): No | undefined {
  const seat = room.seat.value;
  const reason = String(values["reason"] ?? "");
  const maker = Number(values["maker"]);
  if (text === "terms_declined") {
    const investor = Number(values["investor"]);
    const sheets = room.view.all("sheet").filter((sheet) => sheet.maker === maker && sheet.investor === investor);
    const isOwn = sheets.some((sheet) => sheet.status === "declined" && sheet.by === room.role.value);
    return isOwn ? { whom: seat === maker ? investor : maker, what: "terms", reason } : undefined;
  }
  if (text !== "proposal_declined" || maker !== seat) return undefined;
  const whom = Number(values["seat"]);
  const asked = room.view
    .all("proposal")
    .filter((proposal) => proposal.sender === seat && proposal.receiver === whom && proposal.status === "declined");
  return { whom, what: asked.at(-1)?.what ?? "exchange", reason };
}

/** Return who left unanswered what this seat had asked, once for each of them. */
function silent(asked: Asked): Declined[] {
  const { room, before } = asked;
  const { season, phase } = before;
  const seat = room.seat.value;
  const asks: Pick<Declined, "whom" | "what">[] = isCloseOf("matching", asked)
    ? room.view
        .all("sheet")
        .filter(({ status, by }) => status === "lapsed" && by === room.role.value)
        .map(({ maker, investor }) => ({ whom: seat === maker ? investor : maker, what: "terms" }))
    : isCloseOf("exchange", asked)
      ? room.view
          .all("proposal")
          .filter(({ status, sender, what }) => status === "lapsed" && sender === seat && what !== "join")
          .map(({ receiver, what }) => ({ whom: receiver, what }))
      : [];
  const first = asks.filter(({ whom }, place) => asks.findIndex((each) => each.whom === whom) === place);
  const told = { kind: "declined", season, phase, full: false, reason: SILENT } as const;
  return first.map(({ whom, what }) => ({ ...told, id: `${season}.${phase}.silent.${whom}`, whom, what }));
}
