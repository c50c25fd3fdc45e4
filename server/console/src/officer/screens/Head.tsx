/** The head of an inner page: back, and what it is. */
import type { View } from "../view";
import { back } from "../view";
import { useWords } from "../words";
import { Icon } from "./Icon";

export function Head({ title, otherwise }: { title: string; otherwise?: Partial<View> }) {
  const t = useWords();
  return (
    <div className="o-head">
      <button type="button" className="o-square" aria-label={t("app.back")} onClick={() => back(otherwise)}>
        <Icon name="back" />
      </button>
      <h1>{title}</h1>
    </div>
  );
}
