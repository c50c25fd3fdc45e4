/** What somebody of these roles may open of a subject. Pure. */

const STAFF: readonly string[] = [
  "seat",
  "superv",
  "dispatch",
  "officer",
  "leader",
  "legal",
  "head",
  "verify",
];
const TABS = ["file", "history", "check", "outside"] as const;
export type Tab = (typeof TABS)[number];

export const isStaff = (roles: readonly string[]) => roles.some((role) => STAFF.includes(role));

export function tabsOf(roles: readonly string[]): readonly Tab[] {
  const staff = isStaff(roles);
  const reads = staff || roles.includes("auditor");
  return TABS.filter((tab) => tab === "file" || (tab === "check" ? staff : reads));
}
