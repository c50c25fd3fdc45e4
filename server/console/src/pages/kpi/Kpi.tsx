import { Empty } from "../../parts/states";

export function Kpi() {
  return <Empty />;
}
