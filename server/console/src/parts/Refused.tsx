/** Why something was refused, in words: the whole of it here, what is about one field beside that field. */
import { Offline, Problem } from "../api/client";
import { useLanguage } from "../i18n";
import { said, wanted } from "../i18n/problems";
import { plainFacts, refusalOf } from "./refusal";
import { useWords as useStates } from "./words";
import { useWords as useFieldWords } from "./words.fields";
import { useWords } from "./words.refusal";

/** Words by a key that may have none: then `otherwise`. */
export function known(say: (key: never) => string, key: string, otherwise: string): string {
  const text = say(key as never);
  return text === key ? otherwise : text;
}

/** What a code means, in the language spoken. */
export function useMeaning(): (code: string, title: string) => string {
  useLanguage(); // said anew when another language is chosen
  return said;
}

/** `shown`: the fields whose faults stand beside them already. */
export function Refused({ error, shown = [] }: { error: Error; shown?: readonly string[] }) {
  const t = useWords();
  const states = useStates();
  const field = useFieldWords();
  const meaning = useMeaning();
  if (!(error instanceof Problem))
    return (
      <p role="alert" className="fault">
        {error instanceof Offline ? states("offline") : error.message}
      </p>
    );
  const told = refusalOf(error);
  const rest = told.faults.filter((fault) => !shown.includes(fault.field));
  const facts = told.faults.length > 0 ? [] : plainFacts(told.facts);
  return (
    <div role="alert" className="fault">
      <p>{meaning(told.code, told.title)}</p>
      {rest.map((fault) => (
        <p key={fault.field + fault.allowed}>
          {t("fact", {
            name: known(field, `name.${fault.field}`, fault.field),
            value: t("allowed", { what: wanted(fault.allowed) }),
          })}
        </p>
      ))}
      {facts.length > 0 ? (
        <small>
          {facts
            .map(([name, value]) => t("fact", { name: known(field, `name.${name}`, name), value }))
            .join(" · ")}
        </small>
      ) : null}
    </div>
  );
}
