// The one place that knows the charting library, and only what is drawn of it. Reached by `import()` alone.
import { GraphChart, LineChart, SankeyChart } from "echarts/charts";
import { AriaComponent, GridComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([GraphChart, LineChart, SankeyChart, AriaComponent, GridComponent, SVGRenderer]);

export type Option = EChartsCoreOption;

export interface Drawing {
  draw: (option: Option) => void;
  resize: () => void;
  close: () => void;
}

/** Begin a drawing in a box; it neither moves nor listens to the pointer. */
export function drawIn(box: HTMLElement): Drawing {
  const chart = init(box, undefined, { renderer: "svg" });
  return {
    draw: (option) => chart.setOption({ animation: false, silent: true, ...option }, { notMerge: true }),
    resize: () => chart.resize(),
    close: () => chart.dispose(),
  };
}
