/** A deed with a reason (or without, when no label is given), and what became of it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "../../parts/Refused";

interface Props {
  readonly label?: string;
  readonly send: string;
  readonly shortest?: number;
  readonly ask: (reason: string) => Promise<unknown>;
}

export function Reasoned({ label, send, shortest = 1, ask }: Props) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const deed = useMutation({
    mutationFn: () => ask(reason.trim()),
    onSuccess: () => client.invalidateQueries({ queryKey: ["desk"] }),
  });
  return (
    <form
      className="desk-inline"
      onSubmit={(event) => {
        event.preventDefault();
        deed.mutate();
      }}
    >
      {label ? (
        <label>
          {label}
          <input
            className="field"
            required
            minLength={shortest}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      ) : null}
      <button type="submit" className="btn" disabled={deed.isPending}>
        {send}
      </button>
      {deed.error ? <Refused error={deed.error} /> : null}
    </form>
  );
}
