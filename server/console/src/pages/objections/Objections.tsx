import { Empty } from "../../parts/states";

export function Objections() {
  return <Empty />;
}
