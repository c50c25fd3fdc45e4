import { Empty } from "../parts/states";

export function App() {
  return <Empty />;
}
