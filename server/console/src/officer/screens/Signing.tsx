/** The party signs on the glass, or does not, and then why. */
import { Signature, type Signed } from "../../parts/Signature";
import { keepPhoto } from "../photos";
import { useWords } from "../words";
import { Check, Field } from "./Form";
import { Shown } from "./Shown";

export interface SignedBy {
  /** The picture's name among the photos; empty while nobody signed. */
  readonly signature: string;
  readonly signer: string;
  readonly notSigned: boolean;
  readonly whyNot: string;
}

export const UNSIGNED: SignedBy = { signature: "", signer: "", notSigned: false, whyNot: "" };

interface Wanted {
  readonly caseId: string;
  readonly value: SignedBy;
  readonly change: (part: Partial<SignedBy>) => void;
  readonly mayRefuse: boolean;
}

/** What is still missing of it, in words. */
export function useUnsigned(): (value: SignedBy) => string[] {
  const t = useWords();
  return (value) => {
    if (value.notSigned) return value.whyNot.trim() === "" ? [t("order.whyNot")] : [];
    return [
      ...(value.signer.trim() === "" ? [t("order.signer")] : []),
      ...(value.signature === "" ? [t("order.signature")] : []),
    ];
  };
}

export function Signing({ caseId, value, change, mayRefuse }: Wanted) {
  const t = useWords();
  const signed = async ({ picture, name }: Signed) => {
    const kept = await keepPhoto(picture, "signature", caseId);
    change({ signature: kept.sha256, ...(name === "" ? {} : { signer: name }) });
  };
  return (
    <fieldset className="o-signing">
      <legend>{t("order.signature")}</legend>
      {mayRefuse ? (
        <Check
          label={t("order.notSigned")}
          value={value.notSigned}
          change={(notSigned) => change({ notSigned, signature: "" })}
        />
      ) : null}
      {value.notSigned ? (
        <Field label={t("order.whyNot")}>
          <input value={value.whyNot} onChange={(event) => change({ whyNot: event.target.value })} />
        </Field>
      ) : (
        <>
          <Field label={t("order.signer")}>
            <input
              value={value.signer}
              autoComplete="off"
              onChange={(event) => change({ signer: event.target.value })}
            />
          </Field>
          {value.signature === "" ? (
            <Signature onSigned={(one) => void signed(one)} />
          ) : (
            <div className="o-signed">
              <Shown sha256={value.signature} className="o-signature" alt={t("sign.signed")} />
              <button type="button" className="o-big plain" onClick={() => change({ signature: "" })}>
                {t("sign.clear")}
              </button>
            </div>
          )}
        </>
      )}
    </fieldset>
  );
}
