// The phone can't reach it: what a teacher does about the network, the likeliest first, paper last. It needs no room,
// and on the server's own machine it says the address that phones are told.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { NetworkSteps } from "../parts/page/network_card";
import { TopLine } from "../parts/page/wordmark";
import { go, link, route } from "../route";
import { addressInUse, askAgain, isHeard, networks, serverAddress } from "../store/join_address";
import { t } from "../texts";
import { listed } from "../texts/numbers";
import "../parts/page/plain_pages.css";
import "./networks.css";

const SYSTEMS = {
  firewall: ["windows", "macos", "linux"],
  hotspot: ["windows", "macos", "android", "iphone", "router"],
} as const;
const ORDER = ["try", "firewall", "isolated", "hotspot", "phone", "it", "wechat", "paper"] as const;

export function NetworksPage() {
  const code = route.value.page === "networks" ? route.value.code : undefined;
  return (
    <main class="page stack networks">
      <TopLine />
      <h1 tabIndex={-1}>{t("ui.networks.title")}</h1>
      <p>{t("ui.networks.lead")}</p>
      <Here />
      <Which />
      {ORDER.map((name, at) => (
        <Part key={name} name={name} number={at + 1}>
          <What name={name} code={code} />
        </Part>
      ))}
      <div class="row">
        <Button onClick={() => window.print()}>{t("ui.networks.print")}</Button>
        <Button look="quiet" onClick={() => go("check")}>
          {t("ui.networks.check")}
        </Button>
        <Button look="quiet" onClick={() => go(code ? `c/${code}` : "")}>
          {t(code ? "ui.networks.console" : "ui.apart.home")}
        </Button>
      </div>
    </main>
  );
}

/** The address that phones are told, and the other networks of this machine; only the machine itself knows them. */
function Here() {
  const { url, onlyHere } = serverAddress();
  const now = addressInUse();
  const others = networks().filter(({ address }) => address !== now);
  return (
    <div class={onlyHere ? "banner warn" : "banner"} role="status">
      <p>{t(onlyHere ? "ui.networks.none" : "ui.networks.here", { url })}</p>
      {others.length > 0 ? (
        <p class="meta">
          {t("ui.networks.others", {
            networks: listed(others.map((each) => `${each.address} (${each.interface})`)),
          })}
        </p>
      ) : null}
    </div>
  );
}

const SIGNS = ["refused", "silent", "half"] as const;
const LOOK_MS = 3000;

/** What a phone does says what is in the way, as far as a phone can know it; and whether any has got here yet. */
function Which() {
  const heard = isHeard();
  useEffect(() => {
    if (heard !== false) return;
    const timer = setInterval(() => void askAgain(), LOOK_MS);
    return () => clearInterval(timer);
  }, [heard]);
  return (
    <section class="card stack tight" aria-labelledby="networks-which">
      <h2 id="networks-which">{t("ui.networks.which")}</h2>
      {heard === undefined ? null : (
        <p role="status">{t(heard ? "ui.networks.which.heard" : "ui.networks.which.not_heard")}</p>
      )}
      <dl class="network-systems">
        {SIGNS.map((sign) => (
          <div key={sign}>
            <dt>{t(`ui.networks.which.${sign}`)}</dt>
            <dd>{t(`ui.networks.which.${sign}.how`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Part({ name, number, children }: { name: string; number: number; children: ComponentChildren }) {
  return (
    <section class="card stack tight" aria-labelledby={`networks-${name}`}>
      <h2 id={`networks-${name}`}>
        {number}. {t(`ui.networks.${name}`)}
      </h2>
      <p>{t(`ui.networks.${name}.text`)}</p>
      {children}
    </section>
  );
}

function What({ name, code }: { name: (typeof ORDER)[number]; code: string | undefined }) {
  switch (name) {
    case "firewall":
    case "hotspot":
      return <BySystem part={name} />;
    case "phone":
      return <NetworkSteps />;
    case "it":
      return <blockquote class="note">{t("ui.networks.it.mail", { url: serverAddress().url })}</blockquote>;
    case "paper":
      return code ? <Printing code={code} /> : null;
    default:
      return null;
  }
}

function BySystem({ part }: { part: keyof typeof SYSTEMS }) {
  return (
    <dl class="network-systems">
      {SYSTEMS[part].map((system) => (
        <div key={system}>
          <dt>{t(`ui.networks.${part}.${system}`)}</dt>
          <dd>{t(`ui.networks.${part}.${system}.how`)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Printing({ code }: { code: string }) {
  return (
    <p class="row">
      {(["paper", "network"] as const).map((what) => (
        <a key={what} class="button" href={link(`print/${code}/${what}`)} target="_blank" rel="noopener">
          {t(`ui.print.${what}`)}
        </a>
      ))}
    </p>
  );
}
