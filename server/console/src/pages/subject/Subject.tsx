import { Empty } from "../../parts/states";

export function SubjectPage() {
  return <Empty />;
}
