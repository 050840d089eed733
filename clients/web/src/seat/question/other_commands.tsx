// What else a seat may do now: every legal command that the screen has no place for, as a plain form behind a button.
import { useState } from "preact/hooks";
import { CommandForm } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { useRoom } from "../../store/context";
import { has, t } from "../../texts";
import { fieldName } from "../../texts/field_name";

export function commandName(command: string): string {
  const key = `command.${command}`;
  return has(key) ? t(key) : fieldName(command);
}

// these are in the menu or on the main button, whatever the phase
const ELSEWHERE = ["ready", "ask", "lost", "change_face", "rejoin_code", "pair", "seat_pass", "let_in", "shake"];

export function MoreForms({ handled }: { handled: readonly string[] }) {
  const room = useRoom();
  const [opened, setOpened] = useState<string>();
  const left = Object.keys(room.legal.value).filter(
    (command) => !handled.includes(command) && !ELSEWHERE.includes(command),
  );
  const schema = opened === undefined ? undefined : room.command(opened);
  if (left.length === 0) return null;
  return (
    <section class="stack more" aria-label={t("ui.more")}>
      <p class="label">{t("ui.more")}</p>
      <div class="options">
        {left.map((command) => (
          <Button key={command} onClick={() => setOpened(command)}>
            {commandName(command)}
          </Button>
        ))}
      </div>
      {opened !== undefined && schema ? (
        <Sheet title={commandName(opened)} onClose={() => setOpened(undefined)}>
          <CommandForm command={opened} schema={schema} onDone={() => setOpened(undefined)} />
        </Sheet>
      ) : null}
    </section>
  );
}
