/** Choosing photos (and short clips), looking at them, sending them one after the other. */
import { type ChangeEvent, useId } from "react";
import { type Ready, ready } from "./photo";
import { useUrl } from "./Seen";
import { put } from "./server";
import { useWords } from "./words";

const MOST = 9;

export function Chooser({
  label,
  files,
  onChange,
  accept,
}: {
  label: string;
  files: readonly File[];
  onChange: (files: readonly File[]) => void;
  accept: string;
}) {
  const t = useWords();
  const id = useId();
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onChange([...files, ...(event.target.files ?? [])].slice(0, MOST));
    event.target.value = "";
  };
  return (
    <div>
      <label className="pt-btn wide" htmlFor={id}>
        {label}
      </label>
      <input id={id} className="pt-file" type="file" accept={accept} multiple onChange={take} />
      <p aria-live="polite" className="pt-faint">
        {files.length > 0 ? t("correct.chosen", { n: files.length }) : ""}
      </p>
      <ul className="pt-thumbs">
        {files.map((file, index) => (
          <li key={`${file.name} ${file.lastModified} ${file.size}`}>
            <Thumb file={file} />
            <button
              type="button"
              aria-label={t("correct.remove", { n: index + 1 })}
              onClick={() => onChange(files.filter((_, other) => other !== index))}
            >
              <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Thumb({ file }: { file: File }) {
  const url = useUrl(file);
  return file.type.startsWith("image/") && url ? <img src={url} alt="" /> : <span>{file.name}</span>;
}

/** Makes them small and sends them; `told` hears which one is under way (from 1). */
export async function send(files: readonly File[], told: (n: number) => void): Promise<string[]> {
  const names: string[] = [];
  for (const [index, file] of files.entries()) {
    told(index + 1);
    const one: Ready = await ready(file);
    names.push(await put(one.name, one.content));
  }
  return names;
}
