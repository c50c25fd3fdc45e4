/** A day from a calendar that speaks the chosen language, whatever language the browser has. */
import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";

const FORM = "YYYY-MM-DD";

/** `value` and what `onChange` tells are `YYYY-MM-DD`, empty for none. Typing works as well as choosing. */
export function Day({
  value,
  onChange,
  label,
  id,
  min,
  max,
  required = false,
}: {
  value: string;
  onChange: (day: string) => void;
  /** For those who cannot see it, where no `<label>` names its `id`. */
  label?: string;
  id?: string;
  min?: string | undefined;
  max?: string | undefined;
  required?: boolean;
}) {
  const day = dayjs(value, FORM);
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      {...(min ? { minDate: dayjs(min, FORM) } : {})}
      {...(max ? { maxDate: dayjs(max, FORM) } : {})}
      aria-label={label}
      aria-required={required}
      value={value && day.isValid() ? day : null}
      format={FORM}
      placeholder={FORM.toLowerCase()}
      onChange={(next) => onChange(next === null ? "" : next.format(FORM))}
    />
  );
}
