import { Empty } from "../../parts/states";

export function People() {
  return <Empty />;
}
