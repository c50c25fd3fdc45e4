/** What matters on site today. */
import { Link } from "@tanstack/react-router";
import type { SubjectRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useItemName } from "../../parts/items";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { Block, Span } from "./Block";
import { Findings } from "./History";
import { useCheck } from "./reads";
import { useWords } from "./words";

export function CheckTab({ of }: { of: SubjectRead }) {
  const t = useWords();
  const language = useLanguage();
  const item = useItemName();
  const check = useCheck(of.id);
  return (
    <Answer of={check}>
      {(today) => {
        const counted = today.offences.filter((one) => one.served_at !== null);
        const natures = new Set(counted.map((one) => one.nature_group)).size;
        return (
          <>
            <section className="card subject-block">
              <p>{t("check.lead")}</p>
              <p className="subject-verdict">
                {counted.length === 0
                  ? t("check.first")
                  : t("check.repeat", { n: counted.length, same: natures })}
              </p>
              {today.grade ? (
                <p>
                  {t("grades")} {t(`band.${today.grade.band as "good"}`)}{" "}
                  <span className="subject-faint">
                    {t("weight", { n: today.grade.patrol_weight })} {today.grade.as_of}
                  </span>
                </p>
              ) : null}
            </section>
            <Findings of={today.offences} />
            <Block title={t("check.open")}>
              {today.open_cases.length === 0 ? <p>{t("check.openNone")}</p> : null}
              <ul>
                {today.open_cases.map((one) => (
                  <li key={one.id}>
                    <Link to="/cases/$id" params={{ id: one.id }} className="num">
                      {one.number}
                    </Link>{" "}
                    {item(one.item_code)}{" "}
                    <span className="subject-faint">{moment(one.began_at, language)}</span>
                  </li>
                ))}
              </ul>
            </Block>
            <Block title={t("permits")}>
              {today.permits.length === 0 ? <p>{t("check.permitsNone")}</p> : null}
              <ul>
                {today.permits.map((one) => (
                  <li key={one.number}>
                    <span className="num">{one.number}</span> {one.goods}{" "}
                    <span className="tag">{t(`permit.${one.status as "active"}`)}</span>{" "}
                    <Span from={one.valid_from} to={one.valid_to} />
                  </li>
                ))}
              </ul>
            </Block>
            <Block title={t("flags.title")} hint={t("flags.only")}>
              {today.flags.length === 0 ? <p>{t("check.flagsNone")}</p> : null}
              <ul>
                {today.flags.map((one) => (
                  <li key={one.other_id}>
                    {t(`flags.${one.kind}`)}{" "}
                    <Link to="/subjects/$id" params={{ id: one.other_id }}>
                      {one.other_name}
                    </Link>
                  </li>
                ))}
              </ul>
            </Block>
          </>
        );
      }}
    </Answer>
  );
}
