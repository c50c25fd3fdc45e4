/** The page of one case: where it stands, what may be done, what is recommended and why, its whole history, and
 * everything that belongs to it.
 */
import { Link, useParams } from "@tanstack/react-router";
import { Problem } from "../../api/client";
import type { CaseDetail } from "../../api/schema";
import { Moves } from "../../parts/Move";
import { Page } from "../../parts/Page";
import { Recommendation } from "../../parts/Recommendation";
import { Answer, Empty } from "../../parts/states";
import { Thread } from "../../parts/Thread";
import { Acts } from "./Acts";
import { Siblings, SubjectCard } from "./Around";
import "./case.css";
import { Files } from "./Files";
import { Head } from "./Head";
import { Papers } from "./Papers";
import { useCase, useStaff } from "./reads";
import { useWords } from "./words";

export function CasePage() {
  const { id = "" } = useParams({ strict: false });
  const t = useWords();
  const found = useCase(id);
  const gone = found.error instanceof Problem && [404, 422].includes(found.error.status);
  if (gone && found.data === undefined)
    return (
      <Empty>
        <p>{t("missing")}</p>
        <Link className="btn" to="/cases">
          {t("back")}
        </Link>
      </Empty>
    );
  return <Answer of={found}>{(of) => <Whole of={of} />}</Answer>;
}

function Whole({ of }: { of: CaseDetail }) {
  const t = useWords();
  const isStaff = useStaff();
  return (
    <Page
      title={t("title", { number: of.number })}
      tools={
        <button type="button" className="btn" onClick={() => window.print()}>
          {t("print")}
        </button>
      }
    >
      <Head of={of} />
      <div className="case-columns">
        <div className="case-main">
          <div className="card case-do">
            <Moves of={of} />
            {isStaff ? <Acts of={of} /> : null}
          </div>
          <div className="card">
            <Recommendation of={of} />
          </div>
          <div className="card">
            <Thread of={of} />
          </div>
        </div>
        <div className="case-side">
          {isStaff ? <Files of={of} /> : null}
          <SubjectCard of={of} />
          <Siblings of={of} />
          <Papers of={of} />
        </div>
      </div>
    </Page>
  );
}
