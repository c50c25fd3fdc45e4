/** Roles and districts to tick. Roles that no person has (the engine, the system, edges, parties) are not offered. */
import type { District } from "../../api/schema";
import { ROLES, useRoleWords } from "../../app/roles";
import { useLanguage } from "../../i18n";
import { useWords } from "./words";

const NOBODYS = new Set(["ai", "sys", "edge", "party"]);
export const EVERYWHERE = "*";

interface Props {
  readonly roles: readonly string[];
  readonly setRoles: (next: readonly string[]) => void;
  readonly districts: readonly string[];
  readonly setDistricts: (next: readonly string[]) => void;
  readonly known: readonly District[] | undefined;
}

export function Choices({ roles, setRoles, districts, setDistricts, known = [] }: Props) {
  const t = useWords();
  const says = useRoleWords();
  const language = useLanguage();
  const places = [
    { code: EVERYWHERE, name: t("everywhere") },
    ...known.map((district) => ({
      code: district.code,
      name: language === "en" ? district.en : district.zh,
    })),
  ];
  return (
    <>
      <fieldset>
        <legend>{t("roles")}</legend>
        {ROLES.filter((role) => !NOBODYS.has(role)).map((role) => (
          <Tick
            key={role}
            says={says(role)}
            on={roles.includes(role)}
            flip={() => setRoles(flipped(roles, role))}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>{t("districts")}</legend>
        {places.map((place) => (
          <Tick
            key={place.code}
            says={place.name}
            on={districts.includes(place.code)}
            flip={() => setDistricts(flipped(districts, place.code))}
          />
        ))}
      </fieldset>
    </>
  );
}

function Tick({ says, on, flip }: { says: string; on: boolean; flip: () => void }) {
  return (
    <label className="people-tick">
      <input type="checkbox" checked={on} onChange={flip} />
      {says}
    </label>
  );
}

function flipped(all: readonly string[], one: string): readonly string[] {
  return all.includes(one) ? all.filter((other) => other !== one) : [...all, one];
}
