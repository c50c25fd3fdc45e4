import { Empty } from "../../parts/states";

export function Fleet() {
  return <Empty />;
}
