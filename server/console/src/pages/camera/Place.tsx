/** Where a camera stands, where its zones lie on the map, and what its records are good for. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import { Answer, told } from "../../parts/states";
import { isMirrored, onMap } from "./geo";
import type { Camera } from "./plan";
import { useMayRead } from "./usePicture";
import { useWords } from "./words";

type Said = { text: string; bad: boolean } | null;
interface Props {
  readonly edge: string;
  readonly camera: Camera;
  readonly aspect: number;
}

export function PlacePanel(props: Props) {
  const t = useWords();
  const places = useQuery({
    queryKey: ["cameras", "places"],
    queryFn: () => body(api.GET("/api/places/cameras")),
  });
  return (
    <div className="camera-panel">
      <h3>{t("place.title")}</h3>
      <Answer of={places}>
        {(all) => {
          const place = all.find((one) => one.edge_id === props.edge && one.camera_id === props.camera.id);
          return (
            <Where {...props} lon={place?.lon} lat={place?.lat} name={place?.name ?? props.camera.name} />
          );
        }}
      </Answer>
      <Grounds {...props} />
      <Card edge={props.edge} camera={props.camera.id} />
    </div>
  );
}

function Where({
  edge,
  camera,
  lon,
  lat,
  name,
}: Props & { lon: number | undefined; lat: number | undefined; name: string }) {
  const t = useWords();
  const client = useQueryClient();
  const [said, setSaid] = useState<Said>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const point = coordinates(given);
    if (!point) return setSaid({ text: t("place.bad"), bad: true });
    try {
      const edges = await body(api.GET("/api/edges"));
      const district = edges.find((one) => one.id === edge)?.district || "local";
      await body(
        api.PUT("/api/places/cameras/{edge_id}/{camera_id}", {
          params: { path: { edge_id: edge, camera_id: camera.id } },
          body: { point, name: String(given.get("name") ?? ""), district },
        }),
      );
      setSaid({ text: t("place.saved"), bad: false });
      void client.invalidateQueries({ queryKey: ["cameras"] });
    } catch (error) {
      setSaid({ text: error instanceof Error ? told(error) : String(error), bad: true });
    }
    return undefined;
  };
  return (
    <form className="camera-place" onSubmit={(event) => void save(event)}>
      {lon === undefined ? <p className="camera-faint">{t("place.none")}</p> : null}
      <label>
        {t("place.lon")}
        <input className="field" name="lon" inputMode="decimal" required defaultValue={lon ?? ""} />
      </label>
      <label>
        {t("place.lat")}
        <input className="field" name="lat" inputMode="decimal" required defaultValue={lat ?? ""} />
      </label>
      <label>
        {t("place.name")}
        <input className="field" name="name" maxLength={200} defaultValue={name} />
      </label>
      <button type="submit" className="btn primary">
        {t("place.save")}
      </button>
      <Status said={said} />
    </form>
  );
}

function Grounds({ edge, camera, aspect }: Props) {
  const t = useWords();
  const [said, setSaid] = useState<Said>(null);
  if (!camera.ground)
    return (
      <>
        <h3>{t("place.grounds")}</h3>
        <p className="camera-faint">{t("place.needGround")}</p>
      </>
    );
  const put = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const origin = coordinates(given);
    const bearing = Number(given.get("bearing"));
    if (!origin || !Number.isFinite(bearing)) return setSaid({ text: t("place.bad"), bad: true });
    try {
      const n = await write(edge, camera, aspect, origin, bearing);
      setSaid({ text: t("place.putDone", { n }), bad: false });
    } catch (error) {
      setSaid({ text: error instanceof Error ? told(error) : String(error), bad: true });
    }
    return undefined;
  };
  return (
    <form className="camera-place" onSubmit={(event) => void put(event)}>
      <h3>{t("place.grounds")}</h3>
      <p className="camera-faint">{t("place.groundsAbout")}</p>
      <label>
        {t("place.lon")}
        <input className="field" name="lon" inputMode="decimal" required />
      </label>
      <label>
        {t("place.lat")}
        <input className="field" name="lat" inputMode="decimal" required />
      </label>
      <label>
        {t("place.bearing")}
        <input className="field" name="bearing" inputMode="decimal" required defaultValue="90" />
      </label>
      <button type="submit" className="btn">
        {t("place.put")}
      </button>
      <Status said={said} />
    </form>
  );
}

async function write(
  edge: string,
  camera: Camera,
  aspect: number,
  origin: [number, number],
  bearing: number,
): Promise<number> {
  const pair = ([x, y]: readonly [number, number]): [number, number] => [x, y];
  const fit = await body(
    api.POST("/api/ground/fits", {
      body: {
        points: (camera.ground ?? []).map((one) => ({ image: pair(one.image), world_m: pair(one.world_m) })),
        distances: [],
        aspect,
        k1: camera.lens.k1,
        fit_lens: false,
        zones: Object.fromEntries(camera.zones.map((zone) => [zone.id, zone.polygon.map(pair)])),
      },
    }),
  );
  const edges = await body(api.GET("/api/edges"));
  const district = edges.find((one) => one.id === edge)?.district || "local";
  for (const zone of fit.zones ?? []) {
    const ground = zone.ground_m.map(([x = 0, y = 0]) => [x, y] as const);
    await body(
      api.PUT("/api/places/zones/{edge_id}/{camera_id}/{zone_id}", {
        params: { path: { edge_id: edge, camera_id: camera.id, zone_id: zone.id } },
        body: {
          polygon: onMap(ground, origin, bearing, isMirrored(fit.homography ?? [])).map(pair),
          frontage: "",
          district,
        },
      }),
    );
  }
  return fit.zones?.length ?? 0;
}

function Card({ edge, camera }: { edge: string; camera: string }) {
  const t = useWords();
  const may = useMayRead();
  const cards = useQuery({
    queryKey: ["cameras", "cards"],
    enabled: may,
    retry: false,
    queryFn: () => body(api.GET("/api/camera-cards")),
  });
  const card = cards.data?.find((one) => one.edge_id === edge && one.camera_id === camera);
  if (!may) return null;
  return (
    <>
      <h3>{t("place.card")}</h3>
      {card ? (
        <p>
          <span className={card.mode === "OFFSITE" ? "tag good" : "tag warn"}>
            {t(card.mode === "OFFSITE" ? "place.offsite" : "place.clue")}
          </span>{" "}
          {card.missing.length > 0 ? t("place.missing", { what: card.missing.join(", ") }) : null}
        </p>
      ) : (
        <p className="camera-faint">{t("place.noCard")}</p>
      )}
    </>
  );
}

function Status({ said }: { said: Said }) {
  return (
    <p role="status" className={said?.bad ? "fault" : "camera-faint"}>
      {said?.text}
    </p>
  );
}

function coordinates(given: FormData): [number, number] | null {
  const [lon, lat] = ["lon", "lat"].map((name) => Number(String(given.get(name) ?? "").trim() || Number.NaN));
  if (lon === undefined || lat === undefined || Number.isNaN(lon) || Number.isNaN(lat)) return null;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? [lon, lat] : null;
}
