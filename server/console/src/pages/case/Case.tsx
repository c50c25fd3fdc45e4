import { Empty } from "../../parts/states";

export function CasePage() {
  return <Empty />;
}
