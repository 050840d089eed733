// What is on the wall, and what comes next: the host's thumb on it. Nothing there moves by itself.
import { useRef, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button, MainButton } from "../../parts/controls/button";
import { useKeys } from "../../parts/controls/keys";
import { GAME, next, previous, RANKING, rolesRevealed, type Shown, shownOf, stepsOf } from "../../parts/results/scenes";
import type { Failure } from "../../protocol/frames";
import { link } from "../../route";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { isLost } from "../../store/time";
import { untilSeen } from "../../store/until_seen";
import type { View } from "../../store/view";
import { t } from "../../texts";
import { Icon } from "../icons";
import { useSelection } from "../selection";

type Wanted = Partial<Shown> & { scene: string };

function sceneText(view: View, scene: string, step: number): string {
  const steps = stepsOf(view, scene);
  const name = t(`ui.wall.scene.${scene}`);
  return steps > 1 ? `${name} ${Math.min(step + 1, steps)}/${steps}` : name;
}

/** What is on the wall now, and the way to the wall's own page. */
function OnWall() {
  const room = useRoom();
  const { scene, step, curtain } = shownOf(room.view);
  return (
    <a class="on-wall" href={link(`s/${room.code.value}`)} target="_blank" rel="noopener" title={t("ui.console.wall")}>
      <span class="meta">{t("ui.host.screen")}</span>
      <b>
        {curtain ? t("ui.host.curtain.down") : sceneText(room.view, scene, step)} <Icon name="open" size={14} />
      </b>
      <span class="unseen">{t("ui.console.wall")}</span>
    </a>
  );
}

/** Show something on the wall and wait until the table says so: the next press goes on from there. */
async function showNow(room: Room, wanted: Wanted | undefined): Promise<Failure | undefined> {
  if (!wanted) return undefined;
  const { error } = await room.send("host.show", { ...wanted });
  if (error) return error;
  const isThere = (): boolean =>
    Object.entries(wanted).every(
      ([field, value]) =>
        (shownOf(room.view) as Wanted & { step?: number })[field as keyof Wanted] === value || value === false,
    );
  await untilSeen(isThere);
  return undefined;
}

/** Return the game, where all that is proposed has been shown and the game goes on. */
function goingOn(view: View): Wanted | undefined {
  const isPlayed = view.single("game").status === "running";
  return isPlayed && shownOf(view).scene !== GAME ? { scene: GAME, step: 0 } : undefined;
}

export function ScreenKeys() {
  const room = useRoom();
  const selection = useSelection();
  const { view } = room;
  const [failure, setFailure] = useState<Failure>();
  const shown = shownOf(view);
  const following = next(view) ?? goingOn(view);
  const before = previous(view);
  const isOff = isLost(room);
  const inTurn = useRef<Promise<void>>(Promise.resolve());
  const show = (wanted: () => Wanted | undefined): Promise<void> =>
    (inTurn.current = inTurn.current.then(() => showNow(room, wanted()).then(setFailure)));
  const reveal = (): Promise<void> => show(() => next(view) ?? goingOn(view));
  const conceal = (): Promise<void> => show(() => previous(view));
  const curtain = (): Promise<void> => show(() => ({ scene: shownOf(view).scene, curtain: !shownOf(view).curtain }));
  useKeys({ ARROWRIGHT: reveal, PAGEDOWN: reveal, ARROWLEFT: conceal, PAGEUP: conceal, B: curtain }, !isOff);
  return (
    <div class="screen-keys" role="group" aria-label={t("ui.host.screen")}>
      <OnWall />
      {shown.scene === GAME || room.game.value.status !== "running" ? null : (
        <Button look="quiet" disabled={isOff} onClick={() => show(() => ({ scene: GAME }))}>
          {t("ui.host.to_game")}
        </Button>
      )}
      <Button label={t("ui.host.conceal")} disabled={!before || isOff} onClick={conceal}>
        <Icon name="conceal" />
      </Button>
      <Button disabled={!following || isOff} onClick={reveal}>
        <span class="reveal">
          {t("ui.host.reveal")}
          {following ? <span class="micro">{sceneText(view, following.scene, following.step ?? 0)}</span> : null}
        </span>
        <Icon name="reveal" />
      </Button>
      <Button onClick={() => selection.open("wall")}>{t("ui.host.wall.scenes")}</Button>
      <Button on={shown.curtain ?? false} disabled={isOff} onClick={curtain}>
        <Icon name="curtain" /> {t("ui.host.curtain")}
      </Button>
      <Complaint failure={failure} />
    </div>
  );
}

/** After the end, as long as the ranking waits for the host: one press opens it all, on the wall and on phones. */
export function ShowRanking() {
  const room = useRoom();
  const { view } = room;
  const [failure, setFailure] = useState<Failure>();
  if (rolesRevealed(view) === Infinity) return null;
  const showAll = async (): Promise<void> => {
    const refused = await showNow(room, { scene: RANKING, step: stepsOf(view, RANKING) - 1, curtain: false });
    setFailure(refused);
    if (!refused) document.querySelector<HTMLElement>("h1")?.focus(); // the button has gone
  };
  return (
    <div class="pace">
      <MainButton label={t("ui.host.reveal.all")} disabled={isLost(room)} onClick={showAll} />
      <p class="meta">{t("ui.host.reveal.waits")}</p>
      <Complaint failure={failure} />
    </div>
  );
}
