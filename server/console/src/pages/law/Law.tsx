import { Empty } from "../../parts/states";

export function Law() {
  return <Empty />;
}
