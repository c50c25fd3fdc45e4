/** The queue at the side: what waits, how long, and who is looking at what. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type SyntheticEvent, useEffect, useRef } from "react";
import type { ReviewItem } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { type Claims, evidence, heldByOther, picturesOf } from "./queue";
import { lasting } from "./time";
import { useWords } from "./words";

const ROW = 76;

interface Props {
  readonly items: ReadonlyMap<string, ReviewItem>;
  readonly order: readonly string[];
  readonly chosen: string | null;
  readonly claims: Claims;
  readonly me: string;
  readonly now: number;
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly choose: (id: string) => void;
}

export const QueueList = memo(function QueueList({
  items,
  order,
  chosen,
  claims,
  me,
  now,
  more,
  loadMore,
  choose,
}: Props) {
  const t = useWords();
  const body = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: order.length,
    getScrollElement: () => body.current,
    estimateSize: () => ROW,
    overscan: 4,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  const at = chosen === null ? -1 : order.indexOf(chosen);
  useEffect(() => {
    if (more && last >= order.length - 8) loadMore();
  }, [more, last, order.length, loadMore]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);
  return (
    <div
      ref={body}
      className="rv-list"
      role="listbox"
      tabIndex={0}
      aria-label={t("list")}
      aria-activedescendant={at >= 0 ? `rv-${chosen}` : undefined}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {rows.map((row) => {
          const id = order[row.index];
          const item = id === undefined ? undefined : items.get(id);
          if (id === undefined || item === undefined) return null;
          const other = heldByOther(claims, id, me, now);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the page takes the keys
            <div
              key={id}
              id={`rv-${id}`}
              className={other ? "rv-row held" : "rv-row"}
              role="option"
              tabIndex={-1}
              aria-selected={id === chosen}
              aria-posinset={row.index + 1}
              aria-setsize={more ? -1 : order.length}
              style={{ height: ROW, transform: `translateY(${row.start}px)` }}
              onClick={() => choose(id)}
            >
              <Row item={item} now={now} />
              {other ? (
                <span className="tag warn rv-who">{t("row.claimed", { name: other.person_name })}</span>
              ) : null}
            </div>
          );
        })}
      </div>
    </div>
  );
});

function hide(event: SyntheticEvent<HTMLImageElement>): void {
  event.currentTarget.style.visibility = "hidden";
}

const Row = memo(function Row({ item, now }: { item: ReviewItem; now: number }) {
  const t = useWords();
  const english = useLanguage() === "en";
  const { case: one, alert } = item;
  const shot = picturesOf(item).shots[0];
  const small = alert?.thumbnail ? `/api/alerts/${alert.id}/thumbnail` : shot && evidence(shot.sha256);
  const late = one.due_at !== null && Date.parse(one.due_at ?? "") < now;
  return (
    <>
      {small ? (
        <img className="rv-thumb" src={small} alt="" loading="lazy" decoding="async" onError={hide} />
      ) : (
        <span className="rv-thumb" aria-hidden="true" />
      )}
      <span className="rv-what">
        <b>{english ? item.violation_en : item.violation_zh}</b>
        <span>
          {[item.subject.name, item.camera_name || alert?.address || one.camera_id]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <span className="rv-tags one">
          {one.urgent ? <span className="tag bad">{t("row.urgent")}</span> : null}
          {item.doubt ? <span className="tag warn">{t("row.unclear")}</span> : null}
          {alert !== null && alert.source !== "camera" ? (
            <span className="tag">{t("row.report")}</span>
          ) : null}
          <span className={late ? "rv-late num" : "num"}>
            {t("row.waits", { time: lasting(now - Date.parse(one.opened_at), t) })}
          </span>
        </span>
      </span>
    </>
  );
});
