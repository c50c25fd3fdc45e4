/** A few plain pictures, drawn here so that no font has to come. */
const PATHS = {
  tasks: "M5 6h14M5 12h14M5 18h9",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  report: "M12 5v14M5 12h14",
  sending: "M12 19V6M6 11l6-6 6 6M5 21h14",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6",
  back: "M15 5l-7 7 7 7",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  route: "M12 3l7 18-7-4-7 4z",
  close: "M6 6l12 12M18 6L6 18",
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="o-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
