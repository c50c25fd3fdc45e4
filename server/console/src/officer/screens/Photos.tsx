/** Photos of a form: taken one by one, kept at once; the form only knows their names. */
import { useEffect, useState } from "react";
import type { Shrunk } from "../../parts/photo";
import { kept, type OwnPhoto } from "../kept/db";
import { keepPhoto } from "../photos";
import { follow } from "../place";
import { clock } from "../saying";
import { useWords } from "../words";
import { Camera } from "./Camera";
import { Icon } from "./Icon";
import { Shown } from "./Shown";

interface Wanted {
  readonly label: string;
  readonly kind: OwnPhoto["role"];
  readonly caseId: string;
  readonly names: readonly string[];
  readonly change: (names: readonly string[]) => void;
  readonly overlays?: readonly string[];
}

export function Photos({ label, kind, caseId, names, change, overlays = [] }: Wanted) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const taken = async (picture: Shrunk) => {
    const photo = await keepPhoto(picture, kind, caseId);
    change([...names.filter((name) => name !== photo.sha256), photo.sha256]);
  };
  const start = () => {
    follow();
    setOpen(true);
  };
  return (
    <fieldset className="o-photos">
      <legend>{label}</legend>
      <ul>
        {names.map((name, n) => (
          <li key={name}>
            <Shown sha256={name} alt={t("task.photo", { n: n + 1 })} />
            <Told sha256={name} />
            <button
              type="button"
              className="o-square"
              aria-label={t("camera.remove", { n: n + 1 })}
              onClick={() => change(names.filter((one) => one !== name))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="o-big plain" onClick={start}>
        <Icon name="camera" />
        {t("camera.open")}
      </button>
      {open ? <Camera overlays={overlays} onTaken={taken} onClose={() => setOpen(false)} /> : null}
    </fieldset>
  );
}

/** When and where a photo was taken. */
function Told({ sha256 }: { sha256: string }) {
  const t = useWords();
  const [photo, setPhoto] = useState<OwnPhoto | null>(null);
  useEffect(() => {
    void kept()
      .then((database) => database.get("photos", sha256))
      .then((found) => setPhoto(found ?? null));
  }, [sha256]);
  if (photo === null) return null;
  const place =
    photo.accuracyM === null ? t("camera.noPlace") : t("camera.placed", { n: Math.round(photo.accuracyM) });
  return <span className="o-faint">{t("camera.at", { time: clock(photo.takenAt), place })}</span>;
}
