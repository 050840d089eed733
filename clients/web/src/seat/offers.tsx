// Offers: the inbox of term sheets, and the sheet on which terms are written.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { fieldName } from "../forms/names";
import { Button } from "../parts/button";
import { Card } from "../parts/card";
import { Confirm, Sheet as Dialog } from "../parts/sheet";
import { Stepper } from "../parts/stepper";
import { Person } from "../parts/tokens";
import type { Args } from "../protocol/frames";
import { useRoom } from "../store/context";
import type { Sheet } from "../store/entities";
import { boundsOf, optionsOf } from "../store/legal";
import { openSheets } from "../store/mine";
import { seatName, ventureName } from "../texts/names";
import { t } from "../texts";
import { Consequence } from "./consequence";
import { useAct } from "./hooks";
import { Terms } from "./mine_tab";

/** The other side of an offer: for a maker the investor, for an investor the venture. */
type Party = { investor: number } | { venture: number };

const FIELDS = ["credits", "hours", "shares", "fee"] as const;
const STEPS: { readonly [field: string]: number } = { credits: 5, shares: 100 };

export function Inbox() {
  const room = useRoom();
  const [opened, setOpened] = useState<{ sheet: Sheet; what: "accept" | "change" }>();
  const { act, failure } = useAct();
  const answerable = optionsOf(room.command("answer_terms"), "sheet", room.view.hand).map(Number);
  const open = openSheets(room).filter((sheet) => answerable.includes(sheet.id));
  const answer = (sheet: Sheet, word: string) => act("answer_terms", { sheet: sheet.id, answer: word });
  return (
    <section class="stack tight">
      {open.length === 0 ? <p class="note">{t("ui.no_offers")}</p> : null}
      <div class="cards">
        {open.map((sheet) => {
          const own = (sheet.by === "maker") === (sheet.maker === room.seat.value);
          return (
            <Card key={sheet.id} teeth={1}>
              <div class="head">
                <span class="grow">
                  <Person seat={sheet.maker === room.seat.value ? sheet.investor : sheet.maker} note={`#${sheet.number}`} />
                </span>
                <span class={own ? "tag" : "tag filled"}>{t(own ? "ui.offer.yours" : "ui.offer.new")}</span>
              </div>
              <p class="facts">
                <span>{ventureName(room.view, sheet.venture)}</span>
                <Terms {...sheet} track={room.view.find("investor", sheet.investor)?.speciality} />
              </p>
              <div class="acts">
                {own ? (
                  <Button onClick={() => answer(sheet, "withdraw")}>{t("choice.withdraw")}</Button>
                ) : (
                  <>
                    <Button onClick={() => answer(sheet, "decline")}>{t("choice.no")}</Button>
                    <Button onClick={() => setOpened({ sheet, what: "change" })}>{t("ui.change")}</Button>
                    <Button look="ink" onClick={() => setOpened({ sheet, what: "accept" })}>
                      {t("choice.accept")}
                    </Button>
                  </>
                )}
              </div>
            </Card>
          );
        })}
      </div>
      <Complaint failure={failure} />
      <Past />
      {opened?.what === "accept" ? <Accept sheet={opened.sheet} onClose={() => setOpened(undefined)} onAct={() => answer(opened.sheet, "accept")} /> : null}
      {opened?.what === "change" ? <Composer party={partyOf(opened.sheet, room.seat.value)} first={{ ...pick(opened.sheet) }} onClose={() => setOpened(undefined)} /> : null}
    </section>
  );
}

function partyOf(sheet: Sheet, seat: number): Party {
  return sheet.maker === seat ? { investor: sheet.investor } : { venture: sheet.venture };
}

function pick(sheet: Sheet): Args {
  return Object.fromEntries(FIELDS.map((field) => [field, sheet[field]]));
}

function Accept({ sheet, onClose, onAct }: { sheet: Sheet; onClose: () => void; onAct: () => Promise<unknown> }) {
  const room = useRoom();
  const other = sheet.maker === room.seat.value ? sheet.investor : sheet.maker;
  return (
    <Confirm title={t("ui.sign.title", { name: seatName(room.view, other) })} text={t("ui.sign.text")} act={t("choice.accept")} onClose={onClose} onAct={onAct}>
      <p class="facts">
        <Terms {...sheet} track={room.view.find("investor", sheet.investor)?.speciality} />
      </p>
      <Consequence command="answer_terms" args={{ sheet: sheet.id, answer: "accept" }} />
    </Confirm>
  );
}

/** What became of earlier offers, newest first. */
function Past() {
  const room = useRoom();
  const past = room.view.all("sheet").filter((sheet) => sheet.status !== "open");
  if (past.length === 0) return null;
  return (
    <ul class="stack tight">
      {[...past].reverse().map((sheet) => (
        <li key={sheet.id} class="meta">
          {seatName(room.view, sheet.maker === room.seat.value ? sheet.investor : sheet.maker)} <span class="tag">{t(`ui.offer.${sheet.status}`)}</span>
        </li>
      ))}
    </ul>
  );
}

interface ComposerProps {
  party: Party;
  first?: Args;
  onClose: () => void;
}

/** The term sheet: four amounts with their live bounds, and what follows for oneself. */
export function Composer({ party, first = {}, onClose }: ComposerProps) {
  const room = useRoom();
  const { act, failure } = useAct();
  const schema = room.command("send_terms");
  const [terms, setTerms] = useState<Args>({ credits: 0, hours: 0, shares: 0, fee: 0, ...first });
  const name = "investor" in party ? seatName(room.view, party.investor) : ventureName(room.view, party.venture);
  const fields = FIELDS.filter((field) => schema?.properties?.[field]);
  const args: Args = { ...party, ...Object.fromEntries(fields.map((field) => [field, terms[field] ?? 0])) };
  if (!schema) return null;
  return (
    <Dialog title={t("ui.offer_to", { name })} onClose={onClose}>
      <div class="stack">
        {fields.map((field) => (
          <div key={field}>
            <Stepper
              label={fieldName(field)}
              value={Number(terms[field] ?? 0)}
              {...boundsOf(schema, field)}
              step={STEPS[field] ?? 1}
              note={field === "shares" ? `${Number(terms["shares"] ?? 0) / 100}%` : ""}
              onChange={(value) => setTerms({ ...terms, [field]: value })}
            />
            {failure?.field === field ? <Complaint failure={failure} /> : null}
          </div>
        ))}
        <Consequence command="send_terms" args={args} />
        {failure && !fields.some((field) => field === failure.field) ? <Complaint failure={failure} /> : null}
        <p class="meta">{t("command.send_terms.help")}</p>
        <Button look="ink" onClick={async () => (await act("send_terms", args)) && onClose()}>
          {t("command.send_terms")}
        </Button>
      </div>
    </Dialog>
  );
}
