import { Empty } from "../../parts/states";

export function Desk() {
  return <Empty />;
}
