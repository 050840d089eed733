// Role sheets, one a page: for the people who sit in the room as they were dealt, or, before that, one of every kind.
import { Wordmark } from "../parts/page/wordmark";
import { Sym } from "../parts/pictures/sprite";
import { useRoom } from "../store/context";
import { codeOf } from "../store/join_address";
import { kindName, SKILLS, seatName } from "../store/names";
import type { View } from "../store/view";
import { has, t } from "../texts";

const PARTS = ["aim", "means", "limits", "first_step"] as const;
const BACKGROUNDS = "background";
const KINDS = "kind";

interface Sheet {
  key: string;
  name: string;
  role: string;
  /** The start of the texts of one's own kind: `background.student`. */
  own: string;
  title: string;
  skills: readonly number[] | undefined;
  credits: number | string | undefined;
}

/** `table` is which one of its class the room is, where sheets of several are printed together. */
export function Roles({ table }: { table?: number }) {
  const room = useRoom();
  const { view } = room;
  const of = table ? `${codeOf(room)} · ${t("ui.class.table", { n: table })}` : codeOf(room);
  const sheets = view.all("maker").length + view.all("investor").length > 0 ? dealt(view) : every(view);
  return (
    <>
      {sheets.map((sheet) => (
        <RolePage key={sheet.key} sheet={sheet} of={of} />
      ))}
    </>
  );
}

function dealt(view: View): Sheet[] {
  return view.all("seat").flatMap((seat): Sheet[] => {
    const maker = view.find("maker", seat.id);
    const investor = view.find("investor", seat.id);
    const own = maker ? `${BACKGROUNDS}.${maker.background}` : investor ? `${KINDS}.${investor.type}` : "";
    const title = maker ? t(own) : investor ? kindName(investor.type, investor.speciality) : t(`role.${seat.role}`);
    return [
      {
        key: String(seat.id),
        name: seatName(view, seat.id),
        role: seat.role,
        own,
        title,
        skills: maker?.skills,
        credits: undefined,
      },
    ];
  });
}

/** One of every kind that the rules of this room can deal: their names stand in its parameters. */
function every(view: View): Sheet[] {
  const world = view.find("module", "world") ?? {};
  const credits = Object.keys(world).flatMap((name) =>
    name.endsWith("_credits") ? [name.slice(0, -"_credits".length)] : [],
  );
  const of = (role: string, own: string, kind: string): Sheet => ({
    key: own,
    name: "",
    role,
    own,
    title: t(own),
    skills: role === "maker" ? SKILLS.map((skill) => Number(world[`${kind}_${skill}`])) : undefined,
    credits: world[`${kind}_credits`],
  });
  return [
    ...credits
      .filter((kind) => has(`${BACKGROUNDS}.${kind}`))
      .map((kind) => of("maker", `${BACKGROUNDS}.${kind}`, kind)),
    ...credits.filter((kind) => has(`${KINDS}.${kind}`)).map((kind) => of("investor", `${KINDS}.${kind}`, kind)),
    {
      key: "operator",
      name: "",
      role: "operator",
      own: "",
      title: t("role.operator"),
      skills: undefined,
      credits: world["treasury"],
    },
  ];
}

function RolePage({ sheet, of }: { sheet: Sheet; of: string }) {
  const { role, own } = sheet;
  return (
    <section class="print-sheet role-page">
      <header class="row spread">
        <Wordmark />
        <span class="mono">{of}</span>
      </header>
      <div class="role-head">
        <Sym name={role === "investor" ? own.slice(KINDS.length + 1) : role} size={96} />
        <div>
          {own ? <p class="print-label">{t(`role.${role}`)}</p> : null}
          <h2>{sheet.title}</h2>
          <p class="print-name">{sheet.name ? <bdi>{sheet.name}</bdi> : t("ui.print.name")}</p>
        </div>
      </div>
      {own && has(`${own}.blurb`) ? <p class="print-blurb">{t(`${own}.blurb`)}</p> : null}
      <dl class="print-parts">
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{t(`ui.sheet.${part}`)}</dt>
            <dd>{t(`sheet.${role}.${part}`)}</dd>
            {own && has(`sheet.${own}.${part}`) ? <dd>{t(`sheet.${own}.${part}`)}</dd> : null}
          </div>
        ))}
      </dl>
      <Start sheet={sheet} />
      {role === "operator" ? null : <p class="print-fold">{t("ui.print.secret")}</p>}
    </section>
  );
}

function Start({ sheet: { skills, credits } }: { sheet: Sheet }) {
  if (!skills && credits === undefined) return null;
  return (
    <ul class="print-start">
      {credits === undefined ? null : (
        <li>
          <b class="mono">{credits}</b> {t("ui.print.credits")}
        </li>
      )}
      {skills?.map((skill, index) => (
        <li key={index}>
          <b class="mono">{skill}</b> {t(`skill.${SKILLS[index]}`)}
        </li>
      ))}
    </ul>
  );
}
