// The frame of a scene: its question or finding on top, what the host has revealed below. What is new in a step rises
// once; what is still to come keeps its place, so that nothing jumps.
import type { ComponentChildren } from "preact";
import { tn } from "../../texts";

export interface SceneProps {
  /** How much has been revealed: 0 is the first step. */
  step: number;
}

export function Scene({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="scene">
      <h2 class="must">{title}</h2>
      {children}
    </div>
  );
}

/** Return the look of a list that fills its scene: how many rows it has decides how large they are. */
export function inRows(rows: number): { "--rows": number } {
  return { "--rows": Math.max(1, rows) };
}

/** Something that comes with a step. */
export function Revealed({
  on,
  children,
  as: Tag = "div",
}: {
  on: boolean;
  children: ComponentChildren;
  as?: "div" | "li" | "section";
}) {
  return (
    <Tag class={on ? "revealed" : "not-yet"} aria-hidden={!on}>
      {children}
    </Tag>
  );
}

/** How many more there are than a scene names. */
export function More({ n }: { n: number }) {
  return n > 0 ? <span class="wall-meta">{tn("ui.wall.more", n)}</span> : null;
}
