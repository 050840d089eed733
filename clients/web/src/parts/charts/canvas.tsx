// The box that a chart is drawn in: drawn anew when what it shows, the theme or its size changes. It is a picture with
// a name; what it says stands beside it in words and in a table. The one place that knows the charting library, and
// only what is drawn of it.
import { BarChart, GraphChart, LineChart, SankeyChart } from "echarts/charts";
import { AriaComponent, GridComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "preact/hooks";
import { type ChartStyle, chartStyleOf } from "./chart_style";

use([BarChart, GraphChart, LineChart, SankeyChart, AriaComponent, GridComponent, SVGRenderer]);

export type Option = EChartsCoreOption;

interface Drawing {
  draw: (option: Option) => void;
  resize: () => void;
  close: () => void;
}

interface CanvasProps {
  label: string;
  paint: (style: ChartStyle) => Option;
  kind: string;
}

export function Canvas({ label, paint, kind }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | undefined>(undefined);
  const latest = useRef(paint);
  latest.current = paint;
  const redraw = (): void => {
    if (!box.current?.clientWidth) return;
    drawing.current?.resize();
    const aria = { enabled: true, label: { enabled: true, description: label }, decal: { show: true } };
    drawing.current?.draw({ aria, ...latest.current(chartStyleOf(box.current)) });
  };
  useEffect(() => {
    if (!box.current) return undefined;
    drawing.current = drawIn(box.current);
    const sizes = new ResizeObserver(redraw);
    sizes.observe(box.current);
    const themes = new MutationObserver(redraw);
    themes.observe(document.documentElement, { attributeFilter: ["data-theme", "data-size", "lang"] });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redraw);
    return () => {
      sizes.disconnect();
      themes.disconnect();
      scheme.removeEventListener("change", redraw);
      drawing.current?.close();
    };
  }, []);
  useEffect(redraw);
  return <div ref={box} class={`canvas ${kind}`} role="img" aria-label={label} />;
}

/** Begin a drawing in a box; it neither moves nor listens to the pointer. */
function drawIn(box: HTMLElement): Drawing {
  const chart = init(box, undefined, { renderer: "svg" });
  return {
    draw: (option) => chart.setOption({ animation: false, silent: true, ...option }, { notMerge: true }),
    resize: () => chart.resize(),
    close: () => chart.dispose(),
  };
}
