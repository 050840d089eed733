// What can be played and how a class is seated for it: asked of the server, which asks the rules. This file works out
// nothing of it; it only adds up what the host has changed by hand.
import { useEffect, useState } from "preact/hooks";

import type { Choice } from "../../parts/results/chosen_rules";

export type ByRole = { readonly [role: string]: number };

export interface Offer {
  name: string;
  seats: number;
  made_for: readonly [fewest: number, most: number];
  roles: ByRole;
  seasons: number;
  runs: number;
  play_s: number; // by the clocks
  lesson_s: number; // of a lesson, with joining, explaining and revealing
  between_s: number; // of a season, beside its clocks
  choices: readonly Choice[];
}

export interface Seated {
  people: number;
  seats: number;
  roles: ByRole;
  known_roles: readonly string[];
  bots: number;
  shared: number;
}

/** Those for a class come first. */
const ORDER = ["classroom", "seminar", "quickstart", "rivals", "mechanisms", "training", "counter"];

async function ask<T>(path: string, signal: AbortSignal): Promise<T | undefined> {
  try {
    const answer = await fetch(path, { signal });
    return answer.ok ? ((await answer.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** Return the scenarios of this server; nothing until it has answered. */
export function useOffers(): readonly Offer[] {
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  useEffect(() => {
    const gone = new AbortController();
    void ask<Offer[]>("api/scenarios", gone.signal).then((found) => found && setOffers([...found].sort(byUse)));
    return () => gone.abort();
  }, []);
  return offers;
}

function byUse(one: Offer, other: Offer): number {
  const place = ({ name }: Offer): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return place(one) - place(other);
}

/** Return how so many people are seated; undefined while it is asked, null where the server can't say. */
export function useSeated(scenario: string, people: number): Seated | undefined | null {
  const [found, setFound] = useState<{ asked: string; seated: Seated | null }>();
  const asked = `${scenario}/${people}`;
  useEffect(() => {
    const gone = new AbortController();
    void ask<Seated>(`api/scenarios/${encodeURIComponent(scenario)}/${people}`, gone.signal).then((seated) => {
      if (!gone.signal.aborted) setFound({ asked, seated: seated ?? null });
    });
    return () => gone.abort();
  }, [asked]);
  return found?.asked === asked ? found.seated : undefined;
}

/** Return the seats of a class whose roles the host has changed by hand. */
export function withRoles(seated: Seated, roles: ByRole | undefined): Seated {
  if (!roles) return seated;
  const seats = Object.values(roles).reduce((sum, count) => sum + count, 0);
  return {
    ...seated,
    roles,
    seats,
    bots: Math.max(0, seats - seated.people),
    shared: Math.max(0, seated.people - seats),
  };
}

/** Return the roles that one person would have alone although usually several do. */
export function thinRoles({ roles }: Seated, usual: ByRole): string[] {
  return Object.keys(usual).filter((role) => (usual[role] ?? 0) > 1 && (roles[role] ?? 0) < 2);
}
