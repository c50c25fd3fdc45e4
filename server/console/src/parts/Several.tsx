/** Several texts below one another, at least so many, and a button for one more. */
import { Fragment, type ReactNode } from "react";
import { useWords } from "./words.move";

interface Props {
  readonly chosen: readonly string[];
  readonly set: (texts: string[]) => void;
  /** One when left out. */
  readonly atLeast: number | undefined;
  readonly children: (one: string, put: (text: string) => void, first: boolean) => ReactNode;
}

export function Several({ chosen, set, atLeast = 1, children }: Props) {
  const t = useWords();
  const shown = [...chosen, ...Array<string>(Math.max(0, Math.max(1, atLeast) - chosen.length)).fill("")];
  const put = (index: number, text: string) => set(shown.map((one, at) => (at === index ? text : one)));
  return (
    <div className="texts">
      {shown.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place in the row is what it is
        <Fragment key={index}>{children(one, (text) => put(index, text), index === 0)}</Fragment>
      ))}
      <button type="button" className="btn plain" onClick={() => set([...shown, ""])}>
        {t("add")}
      </button>
    </div>
  );
}
