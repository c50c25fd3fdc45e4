/** What leaves the authority about a subject: for anybody, and for the credit office. */
import type { PermitFact, SubjectRead } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { useItemName } from "../../parts/items";
import { Answer } from "../../parts/states";
import { date } from "../../parts/time";
import { Block, Span } from "./Block";
import { useCreditView, usePublicView } from "./reads";
import { isStaff } from "./tabs";
import { useWords } from "./words";

const CREDIT: readonly string[] = ["leader", "legal", "head", "auditor"];

export function OutsideTab({ of }: { of: SubjectRead }) {
  const t = useWords();
  const roles = useMe()?.roles ?? [];
  const staff = isStaff(roles);
  const may = CREDIT.some((role) => roles.includes(role));
  const seen = usePublicView(of.id, staff);
  const credit = useCreditView(of.id, may && of.code !== null);
  return (
    <>
      {staff ? (
        <Block title={t("outside.public")} hint={t("outside.publicHint")}>
          <Answer of={seen}>
            {(view) => (
              <>
                <p className="subject-verdict">{view.name}</p>
                <PermitList of={view.permits} />
              </>
            )}
          </Answer>
        </Block>
      ) : null}
      {may ? (
        <Block title={t("outside.credit")} hint={t("outside.creditHint")}>
          {of.code === null ? (
            <p>{t("outside.creditNo")}</p>
          ) : (
            <Answer of={credit}>
              {(view) => (
                <>
                  <p className="num">{t("of", { a: view.code, b: view.name })}</p>
                  <h3>{t("permits")}</h3>
                  <PermitList of={view.permits} />
                  <h3>{t("outside.penalties")}</h3>
                  <Penalties of={view.penalties} />
                </>
              )}
            </Answer>
          )}
        </Block>
      ) : null}
    </>
  );
}

function PermitList({ of }: { of: readonly PermitFact[] }) {
  const t = useWords();
  if (of.length === 0) return <p className="subject-faint">{t("none")}</p>;
  return (
    <ul>
      {of.map((one) => (
        <li key={one.number}>
          <span className="num">{one.number}</span> {one.goods}{" "}
          <span className="tag">{t(`permit.${one.status as "active"}`)}</span>{" "}
          <Span from={one.valid_from} to={one.valid_to} />
        </li>
      ))}
    </ul>
  );
}

function Penalties({ of }: { of: readonly { case_number: string; item_code: string; served_at: string }[] }) {
  const t = useWords();
  const language = useLanguage();
  const item = useItemName();
  if (of.length === 0) return <p className="subject-faint">{t("none")}</p>;
  return (
    <ul>
      {of.map((one) => (
        <li key={one.case_number}>
          <span className="num">{one.case_number}</span> {item(one.item_code)}{" "}
          <span className="subject-faint">{date(one.served_at, language)}</span>
        </li>
      ))}
    </ul>
  );
}
