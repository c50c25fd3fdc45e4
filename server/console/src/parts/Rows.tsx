/** A table of any length: only the rows in sight are drawn; the next page is asked for before its end is reached. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import "./rows.css";
import { useWords } from "./words";

export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  /** A CSS grid track: `12ch`, `minmax(10ch, 1fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** What the table is, for those who cannot see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly idOf: (row: Row) => string;
  readonly chosen?: string | undefined;
  readonly onChoose?: (row: Row) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void;
  /** Any other key on a row; true when it was taken. */
  readonly onKey?: (event: KeyboardEvent, row: Row) => boolean;
  /** How many rows there are in all, where that is known. */
  readonly total?: number | undefined;
  readonly more?: boolean;
  readonly loadMore?: () => void;
  readonly rowHeight?: number;
  /** The next page is asked for when fewer rows than this are left below those in sight. */
  readonly ahead?: number;
}

/** Rows with a sticky head. Arrow keys, Home, End and Page move the choice; the body scrolls by itself. */
export function Rows<Row>({ rowHeight = 44, ahead = 30, ...props }: Props<Row>) {
  const { rows, columns, idOf, chosen, more = false, loadMore } = props;
  const t = useWords();
  const body = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - ahead) loadMore?.();
  }, [more, last, rows.length, loadMore, ahead]);
  const at = rows.findIndex((row) => idOf(row) === chosen);
  const choose = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[to];
    if (row === undefined) return;
    props.onChoose?.(row);
    virtual.scrollToIndex(to);
  };
  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(" ") };
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    const page = Math.max(1, Math.floor((body.current?.clientHeight ?? 400) / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: at + page,
      PageUp: at - page,
    };
    const to = steps[event.key];
    if (to !== undefined) choose(to);
    else if (event.key === "Enter" && row !== undefined) props.onOpen?.(row);
    else if (row === undefined || !props.onKey?.(event, row)) return;
    event.preventDefault();
  };
  return (
    <div className="rows">
      <div
        className="rows-grid"
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.total ?? (more ? -1 : rows.length)}
        tabIndex={0}
        aria-activedescendant={chosen && at >= 0 ? `row-${chosen}` : undefined}
        onKeyDown={press}
      >
        <div className="rows-head" role="row" style={tracks} tabIndex={-1}>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" tabIndex={-1}>
              {column.title}
            </div>
          ))}
        </div>
        <div className="rows-body" ref={body} role="presentation">
          <div className="rows-all" role="presentation" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const id = idOf(row);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
                <div
                  key={id}
                  id={`row-${id}`}
                  className="rows-row"
                  role="row"
                  tabIndex={-1}
                  aria-rowindex={item.index + 1}
                  aria-selected={id === chosen}
                  style={{ ...tracks, height: rowHeight, transform: `translateY(${item.start}px)` }}
                  onClick={(event) => isOwn(event.target) || props.onChoose?.(row)}
                  onDoubleClick={() => props.onOpen?.(row)}
                >
                  {columns.map((column) => (
                    <div key={column.key} role="gridcell" tabIndex={-1}>
                      {column.cell(row)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <div className="rows-foot" aria-live="polite">
        {more ? t("more") : t("rows", { n: props.total ?? rows.length })}
      </div>
    </div>
  );
}

/** Whether a click is for a link or a control in the row: choosing the row too would undo where the link leads. */
function isOwn(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, select, label") !== null;
}
