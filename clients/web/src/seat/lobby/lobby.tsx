// Before the start: your role until you have got it, then what to do meanwhile, and who else is here.
import type { ComponentChildren, FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { Button, MainButton } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { fetchOrReload } from "../../parts/page/fetch_or_reload";
import { Card } from "../../parts/pictures/card";
import { Face, faceName, faceOf } from "../../parts/pictures/faces/face";
import { Sym } from "../../parts/pictures/sprite";
import { Person } from "../../parts/pictures/tokens";
import { go } from "../../route";
import { session } from "../../storage";
import { useRoom } from "../../store/context";
import { kindName, seatName, wholeName } from "../../store/names";
import { isTaken } from "../../store/presence";
import { need, type Part, t, tn } from "../../texts";
import { listed } from "../../texts/numbers";
import { mayKeepLit } from "../around/device";

export function Lobby() {
  const room = useRoom();
  const { view } = room;
  const role = room.role.value;
  const seats = view.all("seat");
  const people = seats.filter(isTaken);
  const name = `ms.role.${room.code.value}`;
  const [known, setKnown] = useState(session.read<string>(name));
  const getIt = (): void => {
    session.write(name, role);
    setKnown(role);
  };
  return (
    <div class="now">
      <h1 tabIndex={-1}>{t(`question.lobby.${role}`)}</h1>
      <p>{t("ui.lobby.in")}</p>
      <OwnFace />
      <FromHost />
      {known === role ? <Meanwhile /> : <RoleSheet>{<QuizButton />}</RoleSheet>}
      <section class="stack tight">
        <h2>{tn("ui.lobby.people", people.length, { all: seats.length })}</h2>
        <ul class="people">
          {people.map((seat) => (
            <li key={seat.id}>
              <Person seat={seat.id} note={t(`role.${seat.role}`)} />
            </li>
          ))}
        </ul>
        <KeptSeats />
      </section>
      {known === role ? null : (
        <div class="foot">
          <MainButton label={t("ui.got_it")} onClick={getIt} />
        </div>
      )}
    </div>
  );
}

/** Whose seats are kept though they have not come: the host can free them for others. */
function KeptSeats() {
  const { view } = useRoom();
  const kept = view.all("seat").filter((seat) => seat.name && !seat.by);
  if (kept.length === 0) return null;
  return <p class="meta">{t("ui.lobby.kept", { names: listed(kept.map(({ id }) => seatName(view, id))) })}</p>;
}

/** At which table of a class I am and which face stands for me, so that others find me; the next face by a tap. */
export function OwnFace() {
  const room = useRoom();
  const seat = room.seat.value;
  const face = faceOf(room.view.find("seat", seat), seat);
  const { table } = room.view.pieces("room") as { table: number };
  return (
    <section class="own-face" aria-live="polite">
      <Face face={face} size={92} />
      <p>
        <span class="meta">{t(table ? "ui.lobby.face.table" : "ui.lobby.face", { n: table })}</span>
        <b>{t("ui.lobby.face.name", { face: faceName(face) })}</b>
        <bdi>{wholeName(room.view, seat)}</bdi>
      </p>
      {room.command("change_face") ? (
        <Button onClick={() => void room.send("change_face")}>{t("ui.lobby.other_face")}</Button>
      ) : null}
    </section>
  );
}

/** Something to do until the start. */
function Meanwhile() {
  const { code } = useRoom();
  const [open, setOpen] = useState<"role" | "try" | "dark">();
  return (
    <Card>
      <h2>{t("ui.lobby.meanwhile")}</h2>
      <div class="stack tight">
        <Button onClick={() => setOpen("role")}>{t("ui.lobby.role")}</Button>
        <Button onClick={() => go(`p/${code.value}/rules`, true)}>{t("ui.lobby.rules")}</Button>
        <Button onClick={() => setOpen("try")}>{t("ui.lobby.try")}</Button>
        <Button onClick={() => setOpen("dark")}>{t("ui.lobby.dark")}</Button>
      </div>
      {open ? (
        <Sheet title={t(`ui.lobby.${open}`)} onClose={() => setOpen(undefined)}>
          {open === "role" ? <RoleSheet>{<QuizButton />}</RoleSheet> : null}
          {open === "try" ? <Soon page={() => import("./practice").then((chunk) => chunk.TryOut)} /> : null}
          {open === "dark" ? <p>{t(mayKeepLit() ? "ui.lobby.dark.text" : "ui.lobby.dark.text.by_hand")}</p> : null}
        </Sheet>
      ) : null}
    </Card>
  );
}

/** What the host has written; the words of it come when there is some. */
function FromHost() {
  const { lines } = useRoom().log;
  const [since] = useState(() => lines.peek().at(-1)?.number ?? 0);
  const isSaid = lines.value.some(({ values = {} }) => "text" in values);
  return isSaid ? (
    <Soon
      part="cards"
      page={() => import("../around/read_aloud").then((chunk) => () => <chunk.FromHost since={since} />)}
    />
  ) : null;
}

function QuizButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("ui.lobby.quiz")}</Button>
      {open ? (
        <Sheet title={t("ui.lobby.quiz")} onClose={() => setOpen(false)}>
          <Soon part="pages" page={() => import("./practice").then((chunk) => chunk.Quiz)} />
        </Sheet>
      ) : null}
    </>
  );
}

/** Something of the game's own chunk, and of its words, fetched when it is asked for. */
function Soon({ page, part = "play" }: { page: () => Promise<FunctionComponent>; part?: Part }) {
  const [Found, setFound] = useState<FunctionComponent>();
  useState(() => void fetchOrReload(() => Promise.all([page(), need(part)])).then(([found]) => setFound(() => found)));
  return Found ? <Found /> : <p class="meta">{t("ui.opening")}</p>;
}

const PARTS = ["aim", "means", "limits", "first_step"] as const;

/**
 * The role on one card: aim, means, limits, the first step; once it has been dealt, what one's own kind adds to each.
 */
export function RoleSheet({ children }: { children?: ComponentChildren }) {
  const room = useRoom();
  const role = room.role.value === "waiting" ? "maker" : room.role.value; // what a newcomer will be
  const maker = room.view.find("maker", room.seat.value);
  const investor = room.view.find("investor", room.seat.value);
  const own = maker ? `background.${maker.background}` : investor ? `kind.${investor.type}` : "";
  return (
    <Card teeth={1} kind={role}>
      <h2 class="card-band">
        <Sym name={investor?.type ?? role} size={32} />
        {t("ui.you_are", { role: t(`role.${role}`) })}
      </h2>
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
      {children}
    </Card>
  );
}
