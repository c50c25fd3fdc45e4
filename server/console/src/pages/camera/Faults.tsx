/** What is wrong, in words people can act on, at the field where it is wrong. */
import type { PlanFault } from "../../api/schema";
import { useWords } from "./words";

const KNOWN = [
  "id_twice", "no_address", "bad_address", "no_zone", "ground_points", "zone_id_twice", "few_corners", "crossing",
  "no_area", "no_violation", "unknown_violation", "violation_twice", "edge_refused",
] as const; // biome-ignore format: one list

export function Faults({ faults }: { faults: readonly PlanFault[] }) {
  const t = useWords();
  if (faults.length === 0) return null;
  return (
    <div className="camera-faults" role="alert">
      <ul>
        {faults.map((fault) => {
          const code = KNOWN.find((one) => one === fault.code) ?? "other";
          const facts = { text: fault.text, violation: String(fault.facts?.violation ?? "") };
          return <li key={`${fault.field} ${fault.code} ${fault.text}`}>{t(`fault.${code}`, facts)}</li>;
        })}
      </ul>
    </div>
  );
}
