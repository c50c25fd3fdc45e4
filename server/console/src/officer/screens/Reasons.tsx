/** Moves that need a reason and little else: refuse, ask, a false alarm, nobody to be found. */
import { decide } from "../deciding";
import { useDraft } from "../draft";
import { useWords } from "../words";
import type { Doing } from "./Deed";
import { Choice, Field, Form } from "./Form";

interface Words {
  readonly name: string;
  readonly to: string;
  readonly title: string;
  readonly label: string;
  readonly hint?: string;
  readonly quick?: readonly string[];
}

function Reason({ seen, done, words }: Doing & { words: Words }) {
  const t = useWords();
  const [said, change, forget] = useDraft(`${words.name}.${seen.task.case.id}`, { reason: "" });
  const submit = async () => {
    await decide(seen, { to: words.to, reason: said.reason.trim() });
    forget();
    done();
  };
  const missing = said.reason.trim() === "" ? [words.label] : [];
  return (
    <Form title={words.title} missing={missing} submit={t("do.submit")} onSubmit={submit}>
      {words.quick === undefined ? null : (
        <div className="o-quick">
          {words.quick.map((text) => (
            <button key={text} type="button" onClick={() => change({ reason: text })}>
              {text}
            </button>
          ))}
        </div>
      )}
      <Field label={words.label} {...(words.hint === undefined ? {} : { hint: words.hint })}>
        <textarea rows={3} value={said.reason} onChange={(event) => change({ reason: event.target.value })} />
      </Field>
    </Form>
  );
}

export function Refuse(doing: Doing) {
  const t = useWords();
  const quick = [t("refuse.quick.busy"), t("refuse.quick.far"), t("refuse.quick.area")];
  const words = {
    name: "refuse",
    to: "W1",
    title: t("refuse.title"),
    label: t("refuse.reason"),
    hint: t("refuse.hint"),
    quick,
  };
  return <Reason {...doing} words={words} />;
}

export function FalseAlarm(doing: Doing) {
  const t = useWords();
  const words = { name: "false", to: "A3", title: t("false.title"), label: t("false.reason") };
  return <Reason {...doing} words={words} />;
}

export function Nobody(doing: Doing) {
  const t = useWords();
  const words = { name: "nobody", to: "W5", title: t("nobody.title"), label: t("nobody.reason") };
  return <Reason {...doing} words={words} />;
}

type Asks = "return" | "extension" | "suspension";

/** In the correction period only an extension can be asked for. */
export function Ask({ seen, done }: Doing) {
  const t = useWords();
  const all: Asks[] = seen.state === "W6" ? ["extension"] : ["return", "extension", "suspension"];
  const first: { asks: Asks; reason: string } = { asks: all[0] ?? "extension", reason: "" };
  const [said, change, forget] = useDraft(`ask.${seen.task.case.id}`, first);
  const submit = async () => {
    await decide(seen, { to: "WX", reason: said.reason.trim(), fields: { asks: said.asks } });
    forget();
    done();
  };
  const missing = said.reason.trim() === "" ? [t("ask.reason")] : [];
  return (
    <Form title={t("ask.title")} missing={missing} submit={t("do.submit")} onSubmit={submit}>
      <Choice
        label={t("ask.kind")}
        value={said.asks}
        all={all.map((one) => [one, t(`ask.${one}`)] as const)}
        change={(asks) => change({ asks })}
      />
      <Field label={t("ask.reason")}>
        <textarea rows={3} value={said.reason} onChange={(event) => change({ reason: event.target.value })} />
      </Field>
    </Form>
  );
}
