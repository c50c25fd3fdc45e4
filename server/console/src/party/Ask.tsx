/** Whom to ask: known from the case, or from the public address when the link does not open. */
import { useQuery } from "@tanstack/react-query";
import { body } from "../api/client";
import type { AuthorityRead } from "../api/schema";
import { party } from "./server";
import { useWords } from "./words";

export function Ask({ of }: { of?: AuthorityRead }) {
  const t = useWords();
  const found = useQuery({
    queryKey: ["contact"],
    queryFn: () => body(party.GET("/api/party/contact")),
    enabled: of === undefined,
  });
  const whom = of ?? found.data;
  const number = whom?.phone.replace(/[^\d+]/g, "") ?? "";
  return (
    <section className="pt-card" aria-labelledby="pt-ask">
      <h2 id="pt-ask">{t("help.title")}</h2>
      {whom ? (
        <dl className="pt-facts">
          <dt>{t("head.from")}</dt>
          <dd lang="zh-CN">{whom.name}</dd>
          <dt>{t("help.address")}</dt>
          <dd lang="zh-CN">{whom.address}</dd>
        </dl>
      ) : null}
      {number.length >= 5 ? (
        <p>
          <a className="pt-btn wide" href={`tel:${number}`}>
            {t("help.call", { phone: whom?.phone ?? "" })}
          </a>
        </p>
      ) : (
        <p>{t("help.nophone")}</p>
      )}
      <p>{t("help.hotline")}</p>
    </section>
  );
}
