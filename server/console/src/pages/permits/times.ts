/** The times of a permit in the language spoken. */
import type { PermitRead } from "../../api/schema";
import { hoursOf } from "./when";
import { useWords } from "./words";

const DAYS = ["d1", "d2", "d3", "d4", "d5", "d6", "d7"] as const;
type Timed = Pick<PermitRead, "weekdays" | "hours_from" | "hours_to">;

export function useTimes(): (permit: Timed) => string {
  const t = useWords();
  return (permit) => {
    const days =
      permit.weekdays.length === 7
        ? t("everyDay")
        : t("days", {
            days: [...permit.weekdays]
              .sort()
              .map((day) => t(`day.${DAYS[day - 1] ?? "d1"}`))
              .join(" "),
          });
    return `${days} ${hoursOf(permit) || t("allDay")}`;
  };
}
