/** What is on the map: layers, which cases, which words; and what the colours mean. */
import { LAYERS, PHASES, type View, WHICH, type Which } from "./things";
import { useWords } from "./words";

interface Props {
  readonly view: View;
  readonly change: (changes: Partial<View>) => void;
}

export function Layers({ view, change }: Props) {
  const t = useWords();
  return (
    <fieldset className="map-layers">
      <legend className="unseen">{t("layers.title")}</legend>
      {LAYERS.map((layer) => (
        <label key={layer}>
          <input
            type="checkbox"
            checked={view.layers.has(layer)}
            onChange={(event) => {
              const layers = new Set(view.layers);
              if (event.target.checked) layers.add(layer);
              else layers.delete(layer);
              change({ layers });
            }}
          />
          {t(`layers.${layer}`)}
        </label>
      ))}
    </fieldset>
  );
}

export function Filters({ view, change }: Props) {
  const t = useWords();
  return (
    <div className="map-filters">
      <label>
        {t("list.which")}
        <select
          className="field"
          value={view.which}
          onChange={(event) => change({ which: event.target.value as Which })}
        >
          {WHICH.map((which) => (
            <option key={which} value={which}>
              {t(`which.${which}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t("list.search")}
        <input
          className="field"
          type="search"
          placeholder={t("list.hint")}
          value={view.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </label>
      <label className="map-check">
        <input
          type="checkbox"
          checked={view.inSight}
          onChange={(event) => change({ inSight: event.target.checked })}
        />
        {t("list.inSight")}
      </label>
    </div>
  );
}

export function Legend() {
  const t = useWords();
  return (
    <ul className="map-legend">
      {PHASES.map((phase) => (
        <li key={phase}>
          <span className={`map-dot map-${phase}`} />
          {t(`phase.${phase}`)}
        </li>
      ))}
      <li>
        <span className="map-dot map-field map-late" />
        {t("legend.late")}
      </li>
      {(["well", "ill", "unsure"] as const).map((tone) => (
        <li key={tone}>
          <span className={`map-dot map-cameras map-${tone}`} />
          {t(`legend.${tone}`)}
        </li>
      ))}
    </ul>
  );
}
