/** The head of a page: what it is, what can be done with all of it, and below it the page. */
import { type ReactNode, useEffect } from "react";

/** `title` is the heading and the window's title; `tools` stand at the end of its line. `fill`: the body takes the rest
 * of the window and scrolls inside (lists, maps).
 */
export function Page({
  title,
  tools,
  fill = false,
  children,
}: {
  title: string;
  tools?: ReactNode;
  fill?: boolean;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className={fill ? "page fill" : "page"}>
      <header className="page-head">
        <h1>{title}</h1>
        {tools ? <div className="page-tools">{tools}</div> : null}
      </header>
      {children}
    </div>
  );
}
