// The door that did not open: no such room, no free seat, all over, or closed for now; a closed one is knocked at again
// by itself.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { NoticePage } from "../parts/page/notice_page";
import { go } from "../route";
import { t } from "../texts";

interface DoorProps {
  why: string;
  /** The server's own sentence, and after how many seconds it is worth knocking again by oneself. */
  message?: string | undefined;
  again?: number | undefined;
  code: string;
  onKnock: () => unknown;
  onOther: () => void;
  /** What else opens this door. */
  children?: ComponentChildren;
}

/** Why a door stays shut, and the sign of it. */
export const DOORS: { readonly [why: string]: string } = {
  no_such_room: "table",
  room_full: "heads",
  over: "table",
  joining_closed: "admission",
};

export function Door({ why, message, again, code, onKnock, onOther, children }: DoorProps) {
  const isNone = why === "no_such_room";
  const waits = again !== undefined && !isNone;
  const forGood = why === "joining_closed" && !waits;
  return (
    <NoticePage
      about={forGood ? "joining_over" : why}
      symbol={DOORS[why] ?? "table"}
      values={{ code, message: message ?? "" }}
    >
      {waits ? <KnockAgain seconds={again} onKnock={onKnock} /> : null}
      {waits ? children : null}
      {forGood || waits || isNone ? null : (
        <Button look="main" onClick={onKnock}>
          {t("ui.apart.knock")}
        </Button>
      )}
      {isNone ? (
        <Button look="main" onClick={onOther}>
          {t("ui.apart.other_code")}
        </Button>
      ) : (
        <OtherWays code={code} isMain={forGood} onOther={onOther} />
      )}
    </NoticePage>
  );
}

/** What there is to do but knock: to watch, which is the main thing where the door stays shut, or another room. */
function OtherWays({ code, isMain, onOther }: { code: string; isMain: boolean; onOther: () => void }) {
  return (
    <div class="row">
      <Button look={isMain ? "main" : "plain"} onClick={() => go(`s/${code}`)}>
        {t("ui.watch")}
      </Button>
      <Button look="quiet" onClick={onOther}>
        {t("ui.apart.other_code")}
      </Button>
    </div>
  );
}

/** The same question again and again, by itself, for as long as this page is there. */
function KnockAgain({ seconds, onKnock }: { seconds: number; onKnock: () => void }) {
  const [left, setLeft] = useState(seconds);
  const latest = useRef(onKnock);
  latest.current = onKnock;
  useEffect(() => {
    let now = seconds;
    const timer = setInterval(() => {
      now = now > 1 ? now - 1 : seconds;
      setLeft(now);
      if (now === seconds) latest.current();
    }, 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return <p class="meta">{t("ui.apart.again_in", { seconds: left })}</p>;
}
