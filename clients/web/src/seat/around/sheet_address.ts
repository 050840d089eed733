// The part of the address that says which sheet lies open, as `#/p/CODE/now/~offer/12`: a reload opens it again.
import { useEffect, useRef } from "preact/hooks";
import { go, route } from "../../route";

/** Like the state of a sheet about a numbered thing, kept in the address; undefined while it is closed. */
export function useSheet(name: string): [number | undefined, (about: number | undefined) => void] {
  const about = openOf(name);
  const latest = useRef(about);
  latest.current = about;
  useEffect(
    () => () => {
      // what it lay on is gone: another phase, another tab
      if (latest.current !== undefined && openOf(name) !== undefined) lay(name, undefined);
    },
    [name],
  );
  return [about, (wanted) => lay(name, wanted)];
}

function openOf(name: string): number | undefined {
  const here = route.value;
  return here.page === "play" && here.sheet?.name === name ? here.sheet.about : undefined;
}

function lay(name: string, about: number | undefined): void {
  const here = route.peek();
  if (here.page === "play") go(`p/${here.code}/${here.tab}${about === undefined ? "" : `/~${name}/${about}`}`, true);
}
