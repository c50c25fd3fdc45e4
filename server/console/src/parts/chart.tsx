/** A chart with its numbers as a table beneath, for screen readers and for whoever wants to read them. */
import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLook } from "../app/look";

/** Colours that the page has in the chosen light. */
export interface Ink {
  readonly ink: string;
  readonly faint: string;
  readonly rule: string;
  readonly brand: string;
  readonly warn: string;
  readonly paper: string;
}

interface Props {
  /** What the chart shows, in a sentence. */
  readonly label: string;
  readonly option: (ink: Ink) => EChartsCoreOption;
  readonly waiting: string;
  readonly table: ReactNode;
  readonly height?: number;
}

/** `option` must be stable (memoised): a new one is drawn anew. */
export function Chart({ label, option, waiting, table, height = 260 }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<EChartsType>();
  const { mode } = useLook();
  useEffect(() => {
    let over = false;
    let made: EChartsType | undefined;
    const grown = new ResizeObserver(() => made?.resize());
    void import("./echarts").then(({ init }) => {
      if (over || box.current === null) return;
      // Drawn twice as fine, so that it is sharp on paper too.
      made = init(box.current, undefined, { devicePixelRatio: Math.max(2, window.devicePixelRatio) });
      grown.observe(box.current);
      setDrawn(made);
    });
    return () => {
      over = true;
      grown.disconnect();
      setDrawn(undefined);
      made?.dispose();
    };
  }, []);
  useEffect(() => {
    // `mode` names the light: with it the page's colours change.
    if (drawn && mode)
      drawn.setOption({ animation: false, ...option(inkOf(drawn.getDom())) }, { notMerge: true });
  }, [drawn, option, mode]);
  return (
    <figure className="chart" aria-label={label}>
      <div
        ref={box}
        className="chart-box"
        style={{ height }}
        aria-hidden="true"
        data-drawn={drawn ? "1" : "0"}
      />
      {drawn ? null : <p className="chart-wait">{waiting}</p>}
      {table}
    </figure>
  );
}

function inkOf(element: HTMLElement): Ink {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour("ink"),
    faint: colour("faint"),
    rule: colour("rule"),
    brand: colour("brand"),
    warn: colour("warn"),
    paper: colour("paper"),
  };
}
