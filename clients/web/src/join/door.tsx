// The door that did not open: no such room, no free seat, or closed for now; a closed one is knocked at again by
// itself.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { NoticePage } from "../parts/page/notice_page";
import { go } from "../route";
import { t } from "../texts";

const KNOCK_AGAIN_S = 10;

interface DoorProps {
  why: string;
  /** The server's own sentence, and whether it is worth knocking again by oneself. */
  message?: string | undefined;
  again?: boolean | undefined;
  code: string;
  onKnock: () => void;
  onOther: () => void;
}

const SYMBOLS: { readonly [why: string]: string } = {
  no_such_room: "table",
  room_full: "heads",
  joining_closed: "admission",
};

export const DOORS: ReadonlySet<string> = new Set(Object.keys(SYMBOLS));

export function Door({ why, message, again = true, code, onKnock, onOther }: DoorProps) {
  const forGood = why === "joining_closed" && !again;
  return (
    <NoticePage
      about={forGood ? "joining_over" : why}
      symbol={SYMBOLS[why] ?? "table"}
      values={{ code, message: message ?? "" }}
    >
      {why === "joining_closed" && again ? <KnockAgain onKnock={onKnock} /> : null}
      {forGood || why === "no_such_room" ? null : (
        <Button look="main" onClick={onKnock}>
          {t("ui.apart.knock")}
        </Button>
      )}
      {why === "no_such_room" ? (
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

function KnockAgain({ onKnock }: { onKnock: () => void }) {
  const [left, setLeft] = useState(KNOCK_AGAIN_S);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onKnock();
  }, [left]);
  return <p class="meta">{t("ui.apart.again_in", { seconds: Math.max(left, 0) })}</p>;
}
