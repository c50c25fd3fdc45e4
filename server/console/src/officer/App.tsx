/** The officer's app: one hand, sunlight, gloves, no network needed. */
import { useEffect } from "react";
import "./officer.css";
import { Loading } from "../parts/states";
import { load, useKept } from "./kept/state";
import { run } from "./outbox/sync";
import { followIfAskedBefore } from "./place";
import { Deed } from "./screens/Deed";
import { Frame } from "./screens/Frame";
import { Gate } from "./screens/Gate";
import { light } from "./screens/light";
import { Me } from "./screens/Me";
import { Report } from "./screens/Report";
import { Scan } from "./screens/Scan";
import { Sending } from "./screens/Sending";
import { TaskList } from "./screens/TaskList";
import { TaskPage } from "./screens/TaskPage";
import { register } from "./update";
import { useView } from "./view";

let started = false;

/** Once for the page, whatever React does. */
function start(): void {
  if (started) return;
  started = true;
  document.documentElement.dataset.theme = light();
  void load().then(run);
  void register();
  followIfAskedBefore();
  // Asked politely: a browser that is short of space would else throw away what was not sent yet.
  void navigator.storage?.persist?.();
}

export function App() {
  const { ready, me } = useKept();
  const { at } = useView();
  useEffect(start, []);
  if (!ready) return <Loading />;
  if (me === null || at === "login") return <Gate />;
  return (
    <Frame>
      <Page />
    </Frame>
  );
}

function Page() {
  const { at, caseId, what } = useView();
  switch (at) {
    case "tasks":
    case "login":
      return <TaskList />;
    case "task":
      return <TaskPage caseId={caseId} />;
    case "do":
      return <Deed key={`${caseId}/${what}`} caseId={caseId} what={what} />;
    case "scan":
      return <Scan />;
    case "report":
      return <Report />;
    case "sending":
      return <Sending />;
    case "me":
      return <Me />;
  }
}
