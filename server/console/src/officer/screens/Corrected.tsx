/** The correction in an order's time: the after-photo, from the same spot as before. */
import { serverNow } from "../clock";
import { decide } from "../deciding";
import { useDraft } from "../draft";
import { fromLocal, toLocal } from "../local";
import { useWords } from "../words";
import type { Doing } from "./Deed";
import { Field, Form } from "./Form";
import { useOverlays } from "./overlays";
import { Photos } from "./Photos";

export function Corrected({ seen, done }: Doing) {
  const t = useWords();
  const { id } = seen.task.case;
  const first = { when: "", note: "", photos: [] as readonly string[] };
  const [said, change, forget] = useDraft(`corrected.${id}`, first);
  const overlays = useOverlays(seen.task);
  const when = said.when || toLocal(serverNow());
  const submit = async () => {
    // The field knows minutes only: untouched it means this moment, not one before the order.
    const at = said.when === "" ? serverNow() : Math.min(fromLocal(said.when), serverNow());
    const fields = { corrected_at: new Date(at).toISOString(), photos: said.photos };
    await decide(seen, { to: "W7", reason: said.note.trim(), fields }, said.photos);
    forget();
    done();
  };
  const missing = said.photos.length === 0 ? [t("order.afterPhotos")] : [];
  return (
    <Form title={t("corrected.title")} missing={missing} submit={t("do.submit")} onSubmit={submit}>
      <Photos
        label={t("order.afterPhotos")}
        kind="after"
        caseId={id}
        names={said.photos}
        change={(photos) => change({ photos })}
        overlays={overlays}
      />
      <Field label={t("corrected.when")}>
        <input
          type="datetime-local"
          value={when}
          max={toLocal(serverNow())}
          onChange={(event) => change({ when: event.target.value })}
        />
      </Field>
      <Field label={t("corrected.note")}>
        <textarea rows={2} value={said.note} onChange={(event) => change({ note: event.target.value })} />
      </Field>
    </Form>
  );
}
