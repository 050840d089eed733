// What something is called that a scenario introduces in a later season: a command, a field of one, or a phase.
import { fieldName } from "./field_name";
import { has, t } from "./index";

export function introducedName(name: string): string {
  const [command = "", field] = name.split(".");
  if (field) return has(`guide.new.${name}`) ? t(`guide.new.${name}`) : fieldName(field);
  const key = [`command.${command}`, `phase.${command}`].find(has);
  return key ? t(key) : fieldName(command);
}
