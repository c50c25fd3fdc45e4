/** The monitor's desk: the queue at the left, the act in the middle, all that is known of it at the right. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { Me } from "../../api/schema";
import { useHeard } from "../../app/events";
import type { Search } from "../../app/search";
import { useMe } from "../../app/session";
import { Page } from "../../parts/Page";
import { Failed, Loading } from "../../parts/states";
import { Bar, filterOf, given } from "./Bar";
import { browserBox } from "./box";
import { Desk } from "./desk";
import "./review.css";
import { evidence, picturesOf } from "./queue";
import { server } from "./server";
import { Workplace } from "./Workplace";
import { warm } from "./warm";
import { useWords } from "./words";

const ADDRESS_MS = 400;

export function Review() {
  const me = useMe();
  const search = useSearch({ strict: false }) as Search;
  if (!me) return null;
  // Another range of days is another queue.
  return <Opened key={`${me.id} ${search.from} ${search.to} ${search.camera}`} me={me} search={search} />;
}

function Opened({ me, search }: { me: Me; search: Search }) {
  const t = useWords();
  const desk = useDesk(me, search);
  const view = useSyncExternalStore(desk.subscribe, desk.get);
  useAddress(view.chosen);
  return (
    <Page title={t("title")} fill tools={<Bar search={search} desk={desk} />}>
      {view.error && !view.loaded ? (
        <Failed error={view.error} retry={desk.load} />
      ) : view.loaded ? (
        <Workplace desk={desk} view={view} me={me} filtered={Object.keys(filterOf(search)).length > 0} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function useDesk(me: Me, search: Search): Desk {
  const first = useRef(search.case);
  const { from, to, camera } = search;
  const desk = useMemo(
    () =>
      new Desk({
        server,
        box: browserBox(),
        me: { id: me.id, name: me.name },
        filter: filterOf({ from, to, camera }),
        wanted: first.current,
        warm: (ids, items) =>
          warm(
            ids.flatMap((id) => {
              const item = items.get(id);
              const shot = item === undefined ? undefined : picturesOf(item).shots[0];
              return shot ? [evidence(shot.sha256)] : [];
            }),
          ),
      }),
    [me.id, me.name, from, to, camera],
  );
  useEffect(() => {
    void desk.start();
    const online = () => desk.outbox.again();
    const touched = () => desk.touched();
    window.addEventListener("online", online);
    window.addEventListener("keydown", touched);
    window.addEventListener("pointerdown", touched);
    return () => {
      window.removeEventListener("online", online);
      window.removeEventListener("keydown", touched);
      window.removeEventListener("pointerdown", touched);
      desk.stop();
    };
  }, [desk]);
  useHeard(desk.heard);
  return desk;
}

/** The case that is looked at stands in the address bar, a moment after it was chosen. */
function useAddress(chosen: string | null): void {
  const navigate = useNavigate();
  useEffect(() => {
    const timer = setTimeout(() => {
      void navigate({
        to: ".",
        search: (known: Record<string, unknown>) => given({ ...known, case: chosen ?? undefined }),
        replace: true,
      } as never);
    }, ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [chosen, navigate]);
}
