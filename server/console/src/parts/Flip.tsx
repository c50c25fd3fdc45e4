/** Two pictures of one view, one over the other: flipped with one key, or shown side by side at a movable edge. */
import { type CSSProperties, useState } from "react";

/** How much of the picture above is seen, in 0..100 per cent from the right edge. */
export interface Share {
  readonly share: number;
  readonly set: (share: number) => void;
  readonly flip: () => void;
}

export function useFlip(): Share {
  const [share, set] = useState(0);
  return { share, set, flip: () => set((known) => (known > 50 ? 0 : 100)) };
}

/** For `Picture`'s `over`. Nothing is loaded before it is to be seen. */
export function FlipOver({ src, alt, of }: { src: string; alt: string; of: Share }) {
  if (of.share === 0) return null;
  const style = { "--share": `${of.share}%` } as CSSProperties;
  return (
    <>
      <img className="flip-over" src={src} alt={alt} style={style} draggable={false} />
      {of.share < 100 ? <div className="flip-edge" style={style} /> : null}
    </>
  );
}

/** The button and the slider. */
export function FlipTools(props: { of: Share; now: string; before: string; label: string; hint: string }) {
  const { of, now, before, label, hint } = props;
  return (
    <div className="flip">
      <button
        type="button"
        className="btn"
        aria-pressed={of.share > 50}
        aria-keyshortcuts="f"
        title={label}
        onClick={of.flip}
      >
        {of.share > 50 ? before : now}
      </button>
      <input
        type="range"
        min={0}
        max={100}
        value={of.share}
        aria-label={hint}
        onChange={(event) => of.set(Number(event.target.value))}
      />
    </div>
  );
}
