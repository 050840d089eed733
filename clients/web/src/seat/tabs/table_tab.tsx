// The table: spaces as boards, people and ventures as cards, demand by sector. Nothing here is secret.
import { useState } from "preact/hooks";
import { Options } from "../../parts/controls/options";
import { Card } from "../../parts/pictures/card";
import { Things } from "../../parts/pictures/other_pieces";
import { Sym } from "../../parts/pictures/sprite";
import { Part, Person, SectorTile, Token } from "../../parts/pictures/tokens";
import { Term } from "../../parts/words/term";
import { language } from "../../prefs";
import type { Fate } from "../../protocol/frames";
import { useRoom, useView } from "../../store/context";
import type { Seat, Space, Venture } from "../../store/entities";
import { isOpening } from "../../store/introduced";
import { useKept } from "../../store/kept/use_kept";
import { exitText, kindName, SKILLS, seatName, spaceName, stageName, trackName, ventureName } from "../../store/names";
import { isAlive, placeOf } from "../../store/own_seat";
import { t } from "../../texts";
import { listed, number, percent } from "../../texts/numbers";
import { FateLine } from "../fates/fate_card";
import { useStanding } from "../fates/use_fates";
import { Born } from "./born";
import { Demand } from "./demand";

type Part_ = "spaces" | "people" | "ventures" | "investors";
const PARTS: readonly Part_[] = ["spaces", "people", "ventures", "investors"];

export function TableTab() {
  const room = useRoom();
  const [part, setPart] = useKept<Part_>("table", "spaces");
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{t("ui.tab.table")}</h1>
      <Options
        label={t("ui.show")}
        options={PARTS.map((value) => ({ value, label: t(`ui.table.${value}`) }))}
        value={part}
        onChange={setPart}
        unlabelled
      />
      {part === "spaces" || room.game.value.status !== "running" ? null : <p class="meta">{t("ui.table.as_opened")}</p>}
      {part === "spaces" ? (
        <Spaces />
      ) : part === "ventures" ? (
        <Ventures />
      ) : (
        <People key={part} role={part === "investors" ? "investor" : ""} />
      )}
    </div>
  );
}

function Spaces() {
  const room = useRoom();
  const garage = room.view.all("maker").filter((maker) => placeOf(room, maker.seat) === 0);
  return (
    <>
      <div class="cards">
        {room.view.all("space").map((space) => (
          <SpaceCard key={space.id} space={space} />
        ))}
        {garage.length > 0 ? (
          <Card teeth={3} kind="outside">
            <h2 class="card-band">{t("garage")}</h2>
            <Tokens seats={garage.map((maker) => maker.seat)} />
          </Card>
        ) : null}
      </div>
      <Demand />
      <Things />
    </>
  );
}

export function SpaceCard({ space }: { space: Space }) {
  const room = useRoom();
  const { view } = room;
  const tenants = view.all("venture").filter((venture) => isAlive(venture) && venture.space === space.id);
  const makers = tenants.flatMap((venture) => [venture.lead, ...venture.cofounders]);
  const badges = view.all("investor").filter((investor) => investor.badges.includes(space.id));
  return (
    <Card teeth={3} kind="operator">
      <h2 class="card-band">
        <Sym name="operator" size={28} />
        <span>
          {spaceName(view, space.id)}{" "}
          <span class="micro">{t("ui.space.run_by", { operator: seatName(view, space.id) })}</span>
        </span>
      </h2>
      <SpaceFacts space={space} used={tenants.length} />
      <Tokens seats={makers} free={space.stations - tenants.length} />
      <ul class="people">
        {tenants.map((venture) => (
          <li key={venture.id} class="person">
            <SectorTile sector={venture.sector} size={24} />
            <Part stage={venture.stage} born={venture.born} size={28} name={ventureName(view, venture.id)} />
            <span class="meta">{ventureName(view, venture.id)}</span>
          </li>
        ))}
      </ul>
      {badges.length > 0 ? (
        <>
          <p class="label">{t("ui.space.badges")}</p>
          <Tokens seats={badges.map((investor) => investor.seat)} />
        </>
      ) : null}
    </Card>
  );
}

function Levels({ space }: { space: Space }) {
  return (
    <>
      {(["community", "resources", "integration"] as const).map((path) => (
        <span key={path}>
          {t(`path.${path}`)} <b class="mono">{t("ui.level", { n: space[path] })}</b>
        </span>
      ))}
    </>
  );
}

/** What one looks at in a space. Where a game opens season by season the first leaves out levels and others' bars. */
export function SpaceFacts({ space, used }: { space: Space; used: number }) {
  const opening = isOpening(useRoom());
  return (
    <p class="facts of-space">
      <span>
        <Term word="desk" /> <b class="mono">{space.stations > 0 ? `${used}/${space.stations}` : "–"}</b>
      </span>
      <span>
        <Term word="rent" /> <b class="mono">{space.rent}</b>
      </span>
      <span>
        <Term word="maker_bar" /> <b class="mono">{space.maker_bar}</b>
      </span>
      {opening ? null : (
        <span>
          <Term word="investor_bar" /> <b class="mono">{space.investor_bar}</b>
        </span>
      )}
      {opening ? null : <Levels space={space} />}
      {space.vitality > 0 ? (
        <span>
          <Term word="vitality" /> <b class="mono">{space.vitality}</b>
        </span>
      ) : null}
    </p>
  );
}

/** People by their tokens, and a ring for every desk that nobody has. */
function Tokens({ seats, free = 0 }: { seats: readonly number[]; free?: number }) {
  const view = useView();
  return (
    <ul class="people">
      {seats.map((seat) => (
        <li key={seat} class="person">
          <Token seat={seat} small />
          <bdi class="meta">{seatName(view, seat)}</bdi>
        </li>
      ))}
      {Array.from({ length: Math.max(0, free) }, (_, desk) => (
        <li key={`desk ${desk}`} class="desk" aria-hidden="true" />
      ))}
    </ul>
  );
}

const LONG = 40; // cards; what is out of view of a longer list is not laid out

function listClass(cards: readonly unknown[]): string {
  return cards.length > LONG ? "cards long" : "cards";
}

type Order = "name" | "spirit" | "credits";

/** People by name, by spirit or by credits; the order is the reader's own and changes nothing. */
function People({ role }: { role: string }) {
  const room = useRoom();
  const { view } = room;
  const orders: Order[] = role === "investor" ? ["name", "credits"] : ["name", "spirit", "credits"];
  const [order, setOrder] = useState<Order>("name");
  const seats = view.all("seat").filter((seat) => !role || seat.role === role);
  const worth = (seat: Seat): number =>
    order === "spirit"
      ? (view.find("maker", seat.id)?.spirit ?? -1)
      : (view.find("account", `${seat.role}:${seat.id}`)?.balance ?? -1);
  const byName = (one: Seat, other: Seat): number =>
    seatName(view, one.id).localeCompare(seatName(view, other.id), language.value, { numeric: true });
  const sorted = [...seats].sort(
    (one, other) => (order === "name" ? 0 : worth(other) - worth(one)) || byName(one, other),
  );
  return (
    <>
      <Sorting orders={orders} order={order} onChange={setOrder} />
      <div class={listClass(sorted)}>
        {sorted.map((seat) => (
          <PersonCard key={seat.id} seat={seat.id} />
        ))}
      </div>
    </>
  );
}

function Sorting<T extends string>({
  orders,
  order,
  onChange,
}: {
  orders: readonly T[];
  order: T;
  onChange: (order: T) => void;
}) {
  return (
    <Options
      label={t("ui.sort")}
      options={orders.map((value) => ({ value, label: t(`ui.sort.${value}`) }))}
      value={order}
      onChange={onChange}
    />
  );
}

export function PersonCard({ seat }: { seat: number }) {
  const room = useRoom();
  const { view } = room;
  const role = view.find("seat", seat)?.role ?? "";
  const maker = view.find("maker", seat);
  const investor = view.find("investor", seat);
  const balance = view.find("account", `${role}:${seat}`)?.balance;
  return (
    <Card teeth={1}>
      <Person seat={seat} note={t(`role.${role}`)} />
      <p class="facts">
        {maker ? <span>{t(`background.${maker.background}`)}</span> : null}
        {investor ? <span>{kindName(investor.type, investor.speciality)}</span> : null}
        {investor ? <span>{t("ui.helps_with", { track: trackName(investor.speciality) })}</span> : null}
        {maker?.skills?.map((level, index) => (
          <span key={index}>
            {t(`skill.${SKILLS[index]}`)} <b class="mono">{level}</b>
          </span>
        ))}
        {maker?.spirit === undefined ? null : (
          <span>
            <Term word="spirit" /> <b class="mono">{maker.spirit}</b>
          </span>
        )}
        {balance === undefined ? null : (
          <span>
            {t("term.credits")} <b class="mono">{number(balance)}</b>
          </span>
        )}
        {maker ? <span>{spaceName(view, placeOf(room, seat))}</span> : null}
        {investor?.badges?.map((space) => (
          <span key={space}>{t("ui.badge_at", { space: spaceName(view, space) })}</span>
        ))}
      </p>
    </Card>
  );
}

function Ventures() {
  const { view } = useRoom();
  const { fates } = useStanding();
  const [order, setOrder] = useState<"name" | "stage">("stage");
  const all = view.all("venture");
  if (all.length === 0) return <p class="meta">{t("ui.no_ventures")}</p>;
  const byName = (one: Venture, other: Venture): number =>
    ventureName(view, one.id).localeCompare(ventureName(view, other.id), language.value);
  const rank = (venture: Venture): number => (isAlive(venture) ? venture.stage + 1 : 0);
  const sorted = [...all].sort((one, other) => (order === "stage" ? rank(other) - rank(one) : 0) || byName(one, other));
  return (
    <>
      <Sorting orders={["stage", "name"]} order={order} onChange={setOrder} />
      <div class={listClass(sorted)}>
        {sorted.map((venture) => (
          <VentureCard key={venture.id} venture={venture} fate={fates[`venture:${venture.id}`]} />
        ))}
      </div>
    </>
  );
}

export function VentureCard({ venture, fate }: { venture: Venture; fate?: Fate | undefined }) {
  const { view } = useRoom();
  const name = ventureName(view, venture.id);
  const team = [venture.lead, ...(venture.cofounders ?? [])];
  return (
    <Card teeth={2}>
      <div class="head">
        <SectorTile sector={venture.sector} />
        <span class="name">{name}</span>
        <span class="number meta mono">#{venture.id}</span>
        <Part stage={venture.stage} born={venture.born} closed={!isAlive(venture)} name={name} />
      </div>
      <p class="facts">
        <span>{isAlive(venture) ? stageName(venture.stage) : t("ui.part.closed")}</span>
        <Born venture={venture} />
        <span>
          <Term word="difficulty" /> <b class="mono">{venture.difficulty}</b>
        </span>
        <span>{listed(team.map((seat) => seatName(view, seat)))}</span>
        <span>{spaceName(view, venture.space)}</span>
        {venture.sales > 0 ? (
          <span>
            {t("reason.sales")} <b class="mono">{number(venture.sales)}</b>
          </span>
        ) : null}
      </p>
      {!isAlive(venture) ? <p class="meta">{exitText(venture.closed)}</p> : null}
      <FateLine fate={fate} />
      <CapTable venture={venture} />
    </Card>
  );
}

export function CapTable({ venture }: { venture: Venture }) {
  const { view, seat: own } = useRoom();
  const holders = Object.entries(venture.shares ?? {})
    .filter(([, shares]) => shares > 0)
    .sort(([one, most], [other, less]) => less - most || Number(one) - Number(other));
  if (holders.length === 0) return null;
  return (
    <p class="facts">
      {holders.map(([seat, shares]) => (
        <span key={seat}>
          {Number(seat) === own.value ? t("ui.table.you") : <bdi>{seatName(view, Number(seat))}</bdi>}{" "}
          <b class="mono">{percent(shares)}</b>
        </span>
      ))}
    </p>
  );
}
