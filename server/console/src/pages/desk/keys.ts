/** What a key does on the desk, and which case comes next. Pure. */

export type Deed =
  | { readonly kind: "go"; readonly by: 1 | -1 }
  | { readonly kind: "move"; readonly index: number }
  | { readonly kind: "open" }
  | { readonly kind: "tab"; readonly by: 1 | -1 };

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether the key goes into a text, a choice or a picture. */
  readonly typing: boolean;
}

/** j/k next and previous, 1 to 9 a move, o the whole case, [ and ] the tab beside. */
export function deedOf(pressed: Pressed): Deed | null {
  if (pressed.typing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  switch (pressed.key) {
    case "j":
      return { kind: "go", by: 1 };
    case "k":
      return { kind: "go", by: -1 };
    case "o":
      return { kind: "open" };
    case "]":
      return { kind: "tab", by: 1 };
    case "[":
      return { kind: "tab", by: -1 };
    default:
      return /^[1-9]$/.test(pressed.key) ? { kind: "move", index: Number(pressed.key) - 1 } : null;
  }
}

export function typingIn(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

/** The id a step further; the ends stay where they are. Nothing chosen: the first. */
export function stepped(ids: readonly string[], chosen: string | undefined, by: 1 | -1): string | undefined {
  const at = chosen === undefined ? -1 : ids.indexOf(chosen);
  if (at < 0) return ids[0];
  return ids[Math.max(0, Math.min(ids.length - 1, at + by))];
}

/** Which comes by itself once this one is done: the one behind it, else the one before it. */
export function following(ids: readonly string[], done: string): string | undefined {
  const at = ids.indexOf(done);
  return at < 0 ? ids[0] : (ids[at + 1] ?? ids[at - 1]);
}
