import { Empty } from "../../parts/states";

export function Review() {
  return <Empty />;
}
