import { Empty } from "../../parts/states";

export function Wall() {
  return <Empty />;
}
