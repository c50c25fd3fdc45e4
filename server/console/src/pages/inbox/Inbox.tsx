import { Empty } from "../../parts/states";

export function Inbox() {
  return <Empty />;
}
