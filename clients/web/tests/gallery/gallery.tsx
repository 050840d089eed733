// Every symbol beside its word, as small as it is ever drawn and large: what must be told apart without its colour.
import { render } from "preact";
import { Sprite, Sym } from "../../src/parts/pictures/sprite";
import { Part, SectorTile } from "../../src/parts/pictures/tokens";
import { stageName } from "../../src/store/names";
import { load } from "../../src/texts";
import "../../src/styles/tokens.css";
import "../../src/styles/base.css";
import "../../src/parts/pictures/cards.css";
import "../../src/parts/pictures/pictures.css";
import "./gallery.css";

const SIZES = [18, 24, 64];
const SYMBOLS = {
  Roles: ["maker", "investor", "operator", "host"],
  Kinds: ["angel", "fund", "mentor", "professional", "industry"],
  Tracks: ["cog", "heads", "bars"],
  Phases: ["policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap"],
};
const COLOURS: { readonly [name: string]: string } = {
  maker: "maker",
  investor: "investor",
  operator: "operator",
  angel: "investor",
  fund: "investor",
  mentor: "investor",
  professional: "investor",
  industry: "investor",
};
const SECTORS = ["health", "food", "energy", "learning", "city", "culture"];
const STATES = [
  { name: "not born", born: false, closed: false },
  { name: "born", born: true, closed: false },
  { name: "closed", born: true, closed: true },
];

function Row({
  word,
  draw,
  sizes = SIZES,
}: {
  word: string;
  draw: (size: number) => preact.JSX.Element;
  sizes?: number[];
}) {
  return (
    <li>
      {sizes.map((size) => (
        <span key={size}>{draw(size)}</span>
      ))}
      {word}
    </li>
  );
}

function Symbols() {
  return (
    <>
      {Object.entries(SYMBOLS).map(([title, names]) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {names.map((name) => (
              <Row
                key={name}
                word={name}
                draw={(size) => <Sym name={name} size={size} color={`var(--${COLOURS[name] ?? "ink"})`} />}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Gallery() {
  return (
    <main>
      <Sprite />
      <Symbols />
      <section>
        <h2>Sectors</h2>
        <ul>
          {SECTORS.map((name) => (
            <Row
              key={name}
              word={name}
              sizes={[24, 32, 64]}
              draw={(size) => <SectorTile sector={name} size={size} />}
            />
          ))}
        </ul>
      </section>
      {STATES.map(({ name, born, closed }) => (
        <section key={name}>
          <h2>{name}</h2>
          <ul>
            {[0, 1, 2, 3].map((stage) => (
              <Row
                key={stage}
                word={stageName(stage)}
                draw={(size) => <Part stage={stage} born={born} closed={closed} size={size} />}
              />
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}

await load("en");
render(<Gallery />, document.getElementById("gallery") as HTMLElement);
