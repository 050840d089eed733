// What one has sealed, in words: it stands on the screen until the phase closes, and can be changed till then above.
import { useRoom } from "../../store/context";
import type { Choice } from "../../store/entities";
import { valueName } from "../../store/names";
import type { Room } from "../../store/room";
import { has, t } from "../../texts";
import { fieldName } from "../../texts/field_name";
import { about, comma } from "../../texts/numbers";
import { commandName } from "./other_commands";

const MOST = 3; // choices of one command that are told one by one

/** The sealed choices of some commands; of all where none are named. */
export function Sealed({ commands }: { commands?: readonly string[] }) {
  const room = useRoom();
  const own = room.view
    .all("choice")
    .filter((choice) => choice.seat === room.seat.value && !choice.by_default)
    .filter((choice) => commands?.includes(choice.command) ?? true);
  const said = [...new Set(own.map((choice) => choice.command))].map((command) =>
    commandText(
      room,
      own.filter((choice) => choice.command === command),
    ),
  );
  if (said.length === 0) return null;
  return <p class="meta sealed-line">{t("ui.default.sealed", { what: said.join(" · ") })}</p>;
}

function commandText(room: Room, choices: readonly Choice[]): string {
  const [first] = choices;
  const { command = "" } = first ?? {};
  const key = `ui.default.sealed.${command}`;
  const name = has(key) ? t(key) : commandName(command);
  if (choices.length > MOST) return `${name} × ${choices.length}`;
  return about(name, choices.map((choice) => argsText(room, choice)).join(" / "));
}

function argsText(room: Room, { args }: Choice): string {
  const fields = Object.entries(args as { readonly [field: string]: unknown });
  return fields
    .filter(([, value]) => value !== 0 && value !== "")
    .map(([field, value]) =>
      fields.length > 1 ? `${fieldName(field)} ${valueText(room, field, value)}` : valueText(room, field, value),
    )
    .join(comma());
}

function valueText(room: Room, field: string, value: unknown): string {
  if (!Array.isArray(value)) return valueName(room.view, field, value);
  return value.length === 0
    ? t("ui.default.nobody")
    : value.map((each) => valueName(room.view, field, each)).join(" › ");
}
