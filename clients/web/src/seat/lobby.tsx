// Before the start: you are in, this is your role, these people are here.
import { Card } from "../parts/card";
import { Person } from "../parts/tokens";
import { useRoom } from "../store/context";
import { kindName } from "../texts/names";
import { t, tn } from "../texts";

export function Lobby() {
  const room = useRoom();
  const { view } = room;
  const role = room.role.value;
  const seats = view.all("seat");
  const people = seats.filter((seat) => seat.by === "person");
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{t(`question.lobby.${role}`)}</h1>
      <p>{t("ui.lobby.in")}</p>
      <RoleSheet />
      <section class="stack tight">
        <h2>{tn("ui.lobby.people", people.length, { all: seats.length })}</h2>
        <ul class="people">
          {people.map((seat) => (
            <li key={seat.id}>
              <Person seat={seat.id} note={t(`role.${seat.role}`)} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const PARTS = ["aim", "means", "limits", "first_step"] as const;

/** The role on one card: aim, means, limits, the first step; once it has been dealt, what one's own kind adds to each. */
export function RoleSheet() {
  const room = useRoom();
  const role = room.role.value === "waiting" ? "maker" : room.role.value; // what a newcomer will be
  const maker = room.view.find("maker", room.seat.value);
  const investor = room.view.find("investor", room.seat.value);
  const own = maker ? `background.${maker.background}` : investor ? `kind.${investor.type}` : "";
  return (
    <Card teeth={1}>
      <h2>{t("ui.you_are", { role: t(`role.${role}`) })}</h2>
      {maker ? <p class="meta">{t(`background.${maker.background}`)}</p> : null}
      {investor ? <p class="meta">{kindName(investor.type, investor.speciality)}</p> : null}
      {own ? <p>{t(`${own}.blurb`)}</p> : null}
      <dl class="role-sheet">
        {PARTS.map((part) => (
          <div key={part}>
            <dt class="micro">{t(`ui.sheet.${part}`)}</dt>
            <dd>{t(`sheet.${role}.${part}`)}</dd>
            {own && part !== "aim" ? <dd>{t(`sheet.${own}.${part}`)}</dd> : null}
          </div>
        ))}
      </dl>
    </Card>
  );
}
