/** Who could go, best first, with what speaks for and against each. */
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import type { CandidateRead, CandidatesRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Answer } from "../../parts/states";
import { useWords } from "./words";

interface Props {
  readonly caseId: string;
  readonly chosen: string;
  readonly choose: (personId: string) => void;
  readonly barred: boolean;
}

export function Candidates({ caseId, chosen, choose, barred }: Props) {
  const t = useWords();
  const found = useQuery({
    queryKey: ["case", caseId, "candidates"],
    queryFn: () =>
      body(api.GET("/api/cases/{case_id}/candidates", { params: { path: { case_id: caseId } } })),
  });
  const teams = useQuery({
    queryKey: ["teams"],
    queryFn: () => body(api.GET("/api/teams")),
    staleTime: 300_000,
  });
  const teamOf = (code: string) => teams.data?.find((team) => team.code === code)?.name ?? code;
  return (
    <section aria-label={t("candidates.title")}>
      <h3>{t("candidates.title")}</h3>
      <Answer of={found} empty={(all) => all.candidates.length === 0} nothing={t("candidates.none")}>
        {(all) => (
          <>
            <Notes all={all} />
            <ol className="desk-candidates">
              {all.candidates.map((one) => (
                <Candidate
                  key={one.person_id}
                  one={one}
                  team={teamOf(one.team)}
                  chosen={one.person_id === chosen}
                  choose={() => choose(one.person_id)}
                  barred={barred}
                />
              ))}
            </ol>
          </>
        )}
      </Answer>
    </section>
  );
}

function Notes({ all }: { all: CandidatesRead }) {
  const t = useWords();
  const unchecked = all.unchecked.map((what) => t(`candidates.${what}`)).join("、");
  return (
    <p className="desk-notes">
      {all.grid ? <span className="tag">{t("candidates.grid", { grid: all.grid })}</span> : null}{" "}
      {unchecked ? <span className="tag warn">{t("candidates.unchecked", { what: unchecked })}</span> : null}{" "}
      {all.transfer ? <span className="tag bad">{t("candidates.transfer")}</span> : null}
    </p>
  );
}

function Candidate({
  one,
  team,
  chosen,
  choose,
  barred,
}: {
  one: CandidateRead;
  team: string;
  chosen: boolean;
  choose: () => void;
  barred: boolean;
}) {
  const t = useWords();
  const language = useLanguage();
  return (
    <li>
      <button type="button" aria-pressed={chosen} disabled={barred} onClick={choose}>
        <b>{one.name}</b>
        <span>{team}</span>
        <span className={one.on_duty ? "tag good" : "tag"}>
          {t(one.on_duty ? "candidates.onDuty" : "candidates.offDuty")}
        </span>
        {one.in_charge ? <span className="tag good">{t("candidates.inCharge")}</span> : null}
        <span className="num">{t("candidates.load", { n: one.load })}</span>
        {one.certificate_to ? <span>{t("candidates.certificate", { day: one.certificate_to })}</span> : null}
        {one.against.map((why) => (
          <span key={why.code} className="tag warn">
            {language === "en" ? why.en : why.zh}
          </span>
        ))}
      </button>
    </li>
  );
}
