import { Empty } from "../../parts/states";

export function Permits() {
  return <Empty />;
}
