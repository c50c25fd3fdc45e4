/** The list beside the map: the keyboard's way through it, in step with what is pointed at and chosen there. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { Thing } from "./things";
import { useWords } from "./words";

interface Props {
  readonly things: readonly Thing[];
  readonly chosen: string;
  readonly pointed: string;
  readonly more: (thing: Thing) => ReactNode;
  readonly point: (id: string) => void;
  readonly choose: (id: string) => void;
  readonly open: (thing: Thing) => void;
}

const HEIGHT = 54;

export function List({ things, chosen, pointed, more, point, choose, open }: Props) {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: things.length,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
  });
  const at = things.findIndex((thing) => thing.id === chosen);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(0, at - 1),
      Home: 0,
      End: things.length - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    };
    const to = steps[event.key];
    const thing = things[at];
    if (to !== undefined) choose(things[Math.max(0, Math.min(things.length - 1, to))]?.id ?? "");
    else if (event.key === "Enter" && thing) open(thing);
    else if (event.key === "Escape") choose("");
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      className="map-list"
      role="listbox"
      aria-label={t("list.label")}
      tabIndex={0}
      aria-activedescendant={at >= 0 ? `map-${at}` : undefined}
      onKeyDown={press}
      onPointerLeave={() => point("")}
    >
      <div role="presentation" className="map-all" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const thing = things[item.index];
          if (thing === undefined) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox takes the keys
            <div
              key={thing.id}
              id={`map-${item.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={thing.id === chosen}
              aria-setsize={things.length}
              aria-posinset={item.index + 1}
              className={`map-row${thing.id === pointed ? " map-pointed" : ""}`}
              data-id={thing.id}
              style={{ height: HEIGHT, transform: `translateY(${item.start}px)` }}
              onPointerEnter={() => point(thing.id)}
              onClick={() => choose(thing.id)}
              onDoubleClick={() => open(thing)}
            >
              <span
                className={`map-dot map-${thing.layer} map-${thing.tone}${thing.late ? " map-late" : ""}`}
              />
              <b>{thing.title}</b>
              <small>{more(thing)}</small>
            </div>
          );
        })}
      </div>
    </div>
  );
}
