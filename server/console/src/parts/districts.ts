/** Districts by name: read once. */
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { useLanguage } from "../i18n";

export interface District {
  readonly code: string;
  readonly name: string;
}

export function useDistricts(): readonly District[] {
  const language = useLanguage();
  const districts = useQuery({
    queryKey: ["districts"],
    queryFn: () => body(api.GET("/api/districts")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (districts.data ?? []).map((one) => ({ code: one.code, name: language === "en" ? one.en : one.zh }));
}

/** A district's name; its code while the names are not there. */
export function useDistrictName(): (code: string) => string {
  const names = new Map(useDistricts().map((one) => [one.code, one.name]));
  return (code) => names.get(code) ?? code;
}
