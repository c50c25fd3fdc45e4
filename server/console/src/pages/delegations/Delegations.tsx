import { Empty } from "../../parts/states";

export function Delegations() {
  return <Empty />;
}
