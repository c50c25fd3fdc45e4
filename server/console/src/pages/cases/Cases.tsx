import { Empty } from "../../parts/states";

export function Cases() {
  return <Empty />;
}
