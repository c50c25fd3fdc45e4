import { Empty } from "../../parts/states";

export function MapPage() {
  return <Empty />;
}
