// Of sixty people in the street one has moved: the other fifty-nine need not be looked at again.
import type { ComponentChildren, FunctionComponent, VNode } from "preact";
import { useRef } from "preact/hooks";

/** Return a component that is drawn anew only where one of its props is another one, or a signal that it reads. */
export function steady<Props extends object>(Drawn: (props: Props) => ComponentChildren): (props: Props) => VNode {
  const Picture = Drawn as FunctionComponent<Props>;
  return function Steady(props: Props) {
    const last = useRef<{ props: Props; drawn: VNode }>(undefined);
    if (!last.current || isOther(last.current.props, props)) last.current = { props, drawn: <Picture {...props} /> };
    return last.current.drawn;
  };
}

function isOther<Props extends object>(before: Props, now: Props): boolean {
  const names = Object.keys(now) as (keyof Props)[];
  return names.length !== Object.keys(before).length || names.some((name) => !Object.is(now[name], before[name]));
}
