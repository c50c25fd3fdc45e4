import { Empty } from "../../parts/states";

export function Subjects() {
  return <Empty />;
}
