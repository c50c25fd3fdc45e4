/** The districts of the authority that whoever looks may act in, by name. */
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";

export interface District {
  readonly code: string;
  readonly name: string;
}

export function useDistricts(): readonly District[] {
  const language = useLanguage();
  const mine = useMe()?.districts ?? [];
  const all = useQuery({
    queryKey: ["districts"],
    queryFn: () => body(api.GET("/api/districts")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (all.data ?? [])
    .filter((one) => mine.includes("*") || mine.includes(one.code))
    .map((one) => ({ code: one.code, name: language === "en" ? one.en : one.zh }));
}
