// Which page the address asks for. Console and wall are chunks of their own: a player never loads them.
import type { ComponentChildren, ComponentProps, FunctionComponent } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { enter, leave } from "./connection";
import { Follow, FollowOnWall } from "./join/follow";
import { JoinPage } from "./join/join_page";
import { NoKey } from "./join/no_key";
import { Outdated } from "./parts/page/ended";
import { LiveRegions } from "./parts/page/live_regions";
import { Sprite } from "./parts/pictures/sprite";
import { go, type Route, route } from "./route";
import { SeatPage } from "./seat/seat_page";
import { RoomContext } from "./store/context";
import { held } from "./store/kept/held_seats";
import { need, type Part, t } from "./texts";

export function App() {
  return (
    <>
      <Sprite />
      <Page at={route.value} />
      <LiveRegions />
    </>
  );
}

interface LaterProps {
  /** Which text the page's title is. */
  title: string;
  page: () => Promise<FunctionComponent>;
  /** The words that the page needs. */
  parts: readonly Part[];
}

const HOST: readonly Part[] = ["host", "play", "cards"];
const HOST_WITH_RULES: readonly Part[] = [...HOST, "debrief", "lesson"];

const hosts = () => import("./host/host_pages");

/** The pages that come in a chunk of their own. */
const LATER = {
  new: {
    title: "ui.create",
    page: () => hosts().then((chunk) => chunk.CreatePage),
    parts: HOST_WITH_RULES,
  },
  rehearse: {
    title: "ui.start.rehearse",
    page: () => hosts().then((chunk) => chunk.RehearsePage),
    parts: HOST_WITH_RULES,
  },
  newclass: {
    title: "ui.class.create",
    page: () => hosts().then((chunk) => chunk.NewClassPage),
    parts: [...HOST_WITH_RULES, "class"],
  },
  class: {
    title: "ui.class.unnamed",
    page: () => hosts().then((chunk) => chunk.ClassPage),
    parts: [...HOST_WITH_RULES, "class"],
  },
  console: { title: "ui.console.page", page: consolePage, parts: HOST_WITH_RULES },
  wall: {
    title: "ui.host.wall",
    page: () => import("./wall/wall").then((chunk) => chunk.WallPage),
    parts: [...HOST, "lesson"],
  },
  debrief: {
    title: "ui.debrief",
    page: () => import("./debrief/debrief_page").then((chunk) => chunk.DebriefPage),
    parts: ["debrief", "play", "cards"],
  },
  check: {
    title: "ui.check",
    page: () => import("./check/check_page").then((chunk) => chunk.CheckPage),
    parts: ["pages", "play"],
  },
  networks: {
    title: "ui.networks.title",
    page: () => import("./check/check_page").then((chunk) => chunk.NetworksPage),
    parts: ["pages", "play"],
  },
  lesson: {
    title: "lesson.page",
    page: () => import("./lesson/lesson_page").then((chunk) => chunk.LessonPage),
    parts: ["lesson", "reflect", "debrief", "host", "play", "cards"],
  },
  rules: {
    title: "ui.rules",
    page: () => import("./rules/rules_page").then((chunk) => chunk.RulesPage),
    parts: ["pages", "play", "reflect"],
  },
  print: {
    title: "ui.print.question",
    page: () => import("./print/print_page").then((chunk) => chunk.PrintPage),
    parts: ["pages", "play", "host", "cards", "pitches"],
  },
} satisfies { readonly [page: string]: LaterProps };

function Page({ at }: { at: Route }) {
  switch (at.page) {
    case "new":
    case "newclass":
    case "rehearse":
    case "check":
    case "networks":
    case "rules":
    case "lesson":
      return <Later key={at.page} {...LATER[at.page]} />;
    case "rejoin":
      return <Later key={at.token} {...rejoining(at)} />;
    case "join":
      return <Home key={at.code} code={at.code} pass={at.pass} isOwn={at.own} />;
    case "nowhere":
      return <Home key="nowhere" code="" isLost />;
    case "home":
      return <Home key="" code="" />;
    default:
      return <PageOfRoom at={at} />;
  }
}

type RouteOfRoom = Extract<Route, { page: "play" | "console" | "class" | "wall" | "debrief" | "print" }>;

/** A page that shows a room, connected with it as whom the page is for. */
function PageOfRoom({ at }: { at: RouteOfRoom }) {
  const place = placeOf(at);
  return (
    <InRoom place={place} code={at.code}>
      {place === "seat" ? <Follow key={`follow ${at.code}`} /> : null}
      {at.page === "wall" ? <FollowOnWall key={`follow ${at.code}`} /> : null}
      {at.page === "play" ? (
        <>
          <Title text={t(`ui.tab.${at.tab}`)} />
          <SeatPage tab={at.tab} />
        </>
      ) : (
        // another page of the same shape is loaded anew
        <Later key={`${at.page}/${at.code}`} {...LATER[at.page]} />
      )}
    </InRoom>
  );
}

function placeOf({ page, code }: RouteOfRoom): "seat" | "host" | "watch" {
  if (page === "play") return "seat";
  if (page === "console" || page === "class") return "host";
  return page === "debrief" && held("seat", code) ? "seat" : "watch";
}

/**
 * The host's page, with the picture of a seat that it shows over its shoulder: it does not know the seat's page itself.
 */
async function consolePage(): Promise<FunctionComponent> {
  const [host, seat] = await Promise.all([hosts(), import("./seat/tabs/seat_picture")]);
  return () => <host.ConsolePage seatPicture={seat.SeatPicture} />;
}

/** What tries a link with a token, which few people ever open. */
function rejoining({ code, token, chair }: Extract<Route, { page: "rejoin" }>): LaterProps {
  const page = async (): Promise<FunctionComponent> => {
    const { Rejoin } = await import("./join/rejoin");
    return () => <Rejoin code={code} token={token} only={chair} />;
  };
  return { title: "ui.join", page, parts: chair === "host" ? ["host"] : [] };
}

function Home(props: ComponentProps<typeof JoinPage>) {
  useEffect(leave, []);
  return (
    <>
      <Title text={t("ui.join")} />
      <JoinPage {...props} />
    </>
  );
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

function Later({ title, page, parts }: LaterProps) {
  const [Loaded, setLoaded] = useState<FunctionComponent>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    Promise.all([page(), ...parts.map(need)]).then(
      ([found]) => setLoaded(() => found),
      () => setFailed(true),
    );
  }, []);
  if (failed) return <Outdated />;
  return Loaded ? (
    <>
      <Title text={t(title)} />
      <Loaded />
    </>
  ) : null;
}

/** What the window is called: whoever goes through windows by name finds the one that is meant. */
function Title({ text }: { text: string }) {
  const at = route.value;
  const code = "code" in at && at.code ? ` ${at.code}` : "";
  useEffect(() => {
    document.title = `${text}${code} · Makersphere`;
  }, [text, code]);
  return null;
}
