/** An original that is shown for a reason. The look is on record before the first byte comes. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../api/client";
import type { Shot } from "./beforeafter";
import { told } from "./states";
import { useWords } from "./words.beforeafter";

interface Props {
  readonly shot: Shot;
  readonly caseNumber: string;
  readonly onOpen: (bytes: Blob) => void;
}

export function Sealed({ shot, caseNumber, onOpen }: Props) {
  const t = useWords();
  const [reason, setReason] = useState(t("usual", { number: caseNumber }));
  const look = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/evidence/{sha256}/original", {
          params: { path: { sha256: shot.sha256 } },
          body: { reason, case_number: caseNumber },
          parseAs: "blob",
        }) as Promise<{ data?: Blob }>,
      ),
    onSuccess: onOpen,
  });
  return (
    <form
      className="ba-sealed"
      onSubmit={(event) => {
        event.preventDefault();
        look.mutate();
      }}
    >
      <p>{t("sealed")}</p>
      <label>
        {t("why")}
        <input
          className="field"
          value={reason}
          minLength={4}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="btn primary" disabled={look.isPending || reason.trim().length < 4}>
        {t(look.isPending ? "opening" : "open")}
      </button>
      {look.error ? (
        <p className="fault" role="alert">
          {told(look.error)}
        </p>
      ) : null}
    </form>
  );
}
