// Charts are a chunk of their own, fetched with their words when the first one is shown.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { need, t } from "../../texts";

type Charts = typeof import("../charts");

let fetched: Promise<Charts> | undefined;

async function fetchAll(): Promise<Charts> {
  const [charts] = await Promise.all([import("../charts"), need("debrief")]);
  return charts;
}

type ChartName = { [K in keyof Charts]: Charts[K] extends ComponentType<infer _> ? K : never }[keyof Charts];

/** Show a chart of the chunk, as soon as it is there. */
export function Later<N extends ChartName>({ chart, ...props }: { chart: N } & Parameters<Charts[N]>[0]) {
  const [charts, setCharts] = useState<Charts>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    fetched ??= fetchAll();
    fetched.then(setCharts, () => {
      fetched = undefined;
      setFailed(true);
    });
  }, []);
  if (failed) return <p>{t("ui.page_missing")}</p>;
  if (!charts) return <p class="meta">{t("ui.opening")}</p>;
  const Chart = charts[chart] as ComponentType<object>;
  return <Chart {...props} />;
}
