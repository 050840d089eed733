// Which page the address asks for. Console and projector are chunks of their own: a player never loads them.
import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { enter, leave } from "./connection";
import { JoinPage } from "./join/join_page";
import { NoKey } from "./join/no_key";
import { Rejoin } from "./join/rejoin";
import { LiveRegions } from "./parts/page/live_regions";
import { Outdated } from "./parts/page/outdated";
import { Sprite } from "./parts/pictures/sprite";
import { go, type Route, route } from "./route";
import { SeatPage } from "./seat/seat_page";
import { RoomContext } from "./store/context";
import { held } from "./store/held_seats";
import { need, type Part } from "./texts";

export function App() {
  return (
    <>
      <Sprite />
      <Page at={route.value} />
      <LiveRegions />
    </>
  );
}

function Page({ at }: { at: Route }) {
  const key = "code" in at ? `${at.page}/${at.code}` : at.page; // another page of the same shape is loaded anew
  switch (at.page) {
    case "play":
      return (
        <InRoom place="seat" code={at.code}>
          <SeatPage tab={at.tab} />
        </InRoom>
      );
    case "new":
      return <Later key={key} page={() => import("./host/create/create").then((chunk) => chunk.CreatePage)} />;
    case "console":
      return (
        <InRoom place="host" code={at.code}>
          <Later key={key} page={consolePage} />
        </InRoom>
      );
    case "wall":
      return (
        <InRoom place="watch" code={at.code}>
          <Later key={key} page={() => import("./wall/wall").then((chunk) => chunk.WallPage)} />
        </InRoom>
      );
    case "debrief":
      return (
        <InRoom place={held("seat", at.code) ? "seat" : "watch"} code={at.code}>
          <Later
            key={key}
            page={() => import("./debrief/debrief_page").then((chunk) => chunk.DebriefPage)}
            parts={TO_TALK}
          />
        </InRoom>
      );
    case "check":
      return (
        <Later key={key} page={() => import("./check/check_page").then((chunk) => chunk.CheckPage)} parts={APART} />
      );
    case "rules":
      return (
        <Later key={key} page={() => import("./rules/rules_page").then((chunk) => chunk.RulesPage)} parts={APART} />
      );
    case "print":
      return (
        <InRoom place="watch" code={at.code}>
          <Later
            key={key}
            page={() => import("./print/print_page").then((chunk) => chunk.PrintPage)}
            parts={TO_PRINT}
          />
        </InRoom>
      );
    case "rejoin":
      return <Rejoin code={at.code} token={at.token} only={at.chair} />;
    case "join":
      return <Home key={at.code} code={at.code} />;
    case "nowhere":
      return <Home key="nowhere" code="" isLost />;
    case "home":
      return <Home key="" code="" />;
  }
}

/** The host's page, with the picture of a seat that it shows over its shoulder: it does not know the seat's page itself. */
async function consolePage(): Promise<FunctionComponent> {
  const [host, seat] = await Promise.all([import("./host/console"), import("./seat/tabs/seat_picture")]);
  return () => <host.ConsolePage seatPicture={seat.SeatPicture} />;
}

function Home({ code, isLost = false }: { code: string; isLost?: boolean }) {
  useEffect(leave, []);
  return <JoinPage code={code} isLost={isLost} />;
}

function InRoom({
  place,
  code,
  children,
}: {
  place: "seat" | "host" | "watch";
  code: string;
  children: ComponentChildren;
}) {
  const room = useMemo(() => enter(place, code), [place, code]);
  useEffect(() => {
    if (!room && place === "seat") go(`j/${code}`, true);
  }, [room]);
  if (!room) return place === "host" ? <NoKey code={code} /> : null;
  return <RoomContext.Provider value={room}>{children}</RoomContext.Provider>;
}

const AT_HOST: readonly Part[] = ["host", "play", "cards"];
const APART: readonly Part[] = ["pages", "play"];
const TO_TALK: readonly Part[] = ["debrief", "play", "cards"];
const TO_PRINT: readonly Part[] = ["pages", "play", "host", "cards", "pitches"];

function Later({ page, parts = AT_HOST }: { page: () => Promise<FunctionComponent>; parts?: readonly Part[] }) {
  const [Loaded, setLoaded] = useState<FunctionComponent>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    Promise.all([page(), ...parts.map(need)]).then(
      ([found]) => setLoaded(() => found),
      () => setFailed(true),
    );
  }, []);
  if (failed) return <Outdated />;
  return Loaded ? <Loaded /> : null;
}
