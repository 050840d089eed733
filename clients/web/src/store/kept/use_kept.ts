// State of a component that outlives a reload, within its phase.
import { useState } from "preact/hooks";
import { useRoom } from "../context";

/** Keep a value under a name that no other component of the page uses; it begins as `first`. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const { kept } = useRoom();
  const [value, setValue] = useState<T>(() => kept.get<T>(name) ?? first);
  return [
    value,
    (next) => {
      kept.set(name, next);
      setValue(() => next);
    },
  ];
}
