import { Empty } from "../../parts/states";

export function Audit() {
  return <Empty />;
}
