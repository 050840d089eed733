// A page of its own for whoever can't play just now: what happened as the heading, what to do next, and the buttons for
// it.
import type { ComponentChildren } from "preact";
import { t } from "../../texts";
import { Sym } from "../pictures/sprite";
import { TopLine } from "./wordmark";

interface NoticePageProps {
  /** What it is about, in the sprite and as the start of its texts: `ui.apart.ABOUT` and `ui.apart.ABOUT.next`. */
  about: string;
  symbol: string;
  values?: { readonly [name: string]: string | number };
  children?: ComponentChildren;
}

export function NoticePage({ about, symbol, values = {}, children }: NoticePageProps) {
  return (
    <main class="page stack apart">
      <TopLine />
      <span class="apart-sign" aria-hidden="true">
        <Sym name={symbol} size={40} />
      </span>
      <h1 tabIndex={-1}>{t(`ui.apart.${about}`, values)}</h1>
      <p>{t(`ui.apart.${about}.next`, values)}</p>
      {children}
    </main>
  );
}
