import { Empty } from "../../parts/states";

export function CameraPage() {
  return <Empty />;
}
