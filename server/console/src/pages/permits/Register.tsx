/** A new permit: who, where, when. It begins with the whole zone; the exact outline is drawn on the camera's page. */
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, body } from "../../api/client";
import { FormDialog, type FormField, type Values } from "../../parts/FormDialog";
import { SubjectPicker } from "../../parts/Pickers";
import { dayOf } from "../../parts/time";
import { type Corners, outlineOf, packed, unpacked, useZonesOf, ZonePick } from "../../parts/ZonePick";
import { freshKey, weekdaysOf } from "./when";
import { useWords } from "./words";

const WHOLE: Corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

export function Register({ close, made }: { close: () => void; made: (id: string) => void }) {
  const t = useWords();
  const client = useQueryClient();
  const today = dayOf(new Date().toISOString());
  const start = useMemo(
    () => ({
      id: freshKey(today, Math.random()),
      from: today,
      to: `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`,
    }),
    [today],
  );
  const fields: FormField[] = [
    { name: "id", label: t("form.id"), needed: true, most: 48 },
    { name: "number", label: t("form.number"), most: 60 },
    {
      name: "subject",
      label: t("form.subject"),
      needed: true,
      own: (id, value, set) => <SubjectPicker id={id} chosen={value} choose={set} />,
    },
    {
      name: "place",
      label: t("form.place"),
      needed: true,
      hint: t("form.placeHint"),
      own: (id, value, set) => <Place id={id} value={value} set={set} />,
    },
    { name: "from", label: t("form.from"), kind: "date", needed: true },
    { name: "to", label: t("form.to"), kind: "date", needed: true },
    { name: "weekdays", label: t("form.weekdays"), most: 20 },
    { name: "hoursFrom", label: t("form.hoursFrom"), kind: "time" },
    { name: "hoursTo", label: t("form.hoursTo"), kind: "time" },
    { name: "seasonFrom", label: t("form.seasonFrom"), most: 5 },
    { name: "seasonTo", label: t("form.seasonTo"), most: 5 },
    { name: "goods", label: t("form.goods") },
    { name: "terms", label: t("form.terms"), kind: "area", most: 2000 },
  ];
  const send = async (values: Values) => {
    const of = (name: string) => (values[name] ?? "").trim();
    const place = unpacked(of("place"));
    const polygon = outlineOf(client, place) ?? WHOLE;
    const permit = await body(
      api.POST("/api/permits", {
        body: {
          id: of("id"),
          number: of("number"),
          subject_id: of("subject"),
          areas: [{ edge_id: place.edge, camera_id: place.camera, zone_id: place.zone, polygon }],
          weekdays: weekdaysOf(of("weekdays")),
          hours_from: of("hoursFrom") || "00:00",
          hours_to: of("hoursTo") || "00:00",
          season_from: of("seasonFrom"),
          season_to: of("seasonTo"),
          goods: of("goods"),
          terms: of("terms"),
          conditions: { noise: "", oil: "", cleaning: "" },
          valid_from: of("from"),
          valid_to: of("to"),
        },
      }),
    );
    await client.invalidateQueries({ queryKey: ["permits"] });
    made(permit.id);
  };
  return <FormDialog title={t("add")} fields={fields} start={start} send={send} close={close} />;
}

function Place({ id, value, set }: { id: string; value: string; set: (value: string) => void }) {
  const t = useWords();
  const choice = unpacked(value);
  const zones = useZonesOf(choice.edge, choice.camera);
  const isKnown = zones.some((zone) => zone.id === choice.zone);
  return (
    <>
      <ZonePick id={id} value={choice} set={(next) => set(packed(next))} />
      {choice.zone !== "" && !isKnown ? <small>{t("form.noZone")}</small> : null}
    </>
  );
}
