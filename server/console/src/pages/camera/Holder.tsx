/** Who answers for a zone: seen, assigned, changed. It holds at once; it is no part of the plan. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../../api/client";
import { told } from "../../parts/states";
import { useWords } from "./words";

export function Holder({ edge, camera, zone }: { edge: string; camera: string; zone: string }) {
  const t = useWords();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const holders = useQuery({
    queryKey: ["subjects", "holders", edge, camera],
    queryFn: () =>
      body(
        api.GET("/api/cameras/{edge_id}/{camera_id}/holders", {
          params: { path: { edge_id: edge, camera_id: camera } },
        }),
      ),
  });
  const held = holders.data?.find((one) => one.zone_id === zone);
  const assign = async (id: string, name: string) => {
    try {
      if (held)
        await api.POST("/api/subjects/zones/{binding_id}/end", {
          params: { path: { binding_id: held.binding_id } },
        });
      await body(
        api.POST("/api/subjects/{subject_id}/zones", {
          params: { path: { subject_id: id } },
          body: { camera_id: camera, zone_id: zone, valid_from: new Date().toISOString() },
        }),
      );
      setSaid(t("zones.assigned", { name }));
      setOpen(false);
    } catch (error) {
      setSaid(error instanceof Error ? told(error) : String(error));
    }
    void client.invalidateQueries({ queryKey: ["subjects"] });
  };
  return (
    <div className="camera-holder">
      <span>
        {t("zones.holder")}: <b>{held?.subject_name ?? t("zones.noHolder")}</b>
      </span>
      <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(held ? "zones.change" : "zones.assign")}
      </button>
      {open ? <Find onFound={(id, name) => void assign(id, name)} /> : null}
      <p role="status" className="camera-faint">
        {said}
      </p>
    </div>
  );
}

function Find({ onFound }: { onFound: (id: string, name: string) => void }) {
  const t = useWords();
  const [text, setText] = useState("");
  const found = useQuery({
    queryKey: ["subjects", "find", text],
    enabled: text.trim().length > 0,
    queryFn: () => body(api.GET("/api/subjects", { params: { query: { q: text.trim(), limit: 8 } } })),
  });
  return (
    <div className="camera-find">
      <input
        className="field"
        type="search"
        aria-label={t("zones.find")}
        placeholder={t("zones.find")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul>
        {found.data?.items.map((subject) => (
          <li key={subject.id}>
            <button type="button" className="btn plain" onClick={() => onFound(subject.id, subject.name)}>
              {subject.name}
            </button>
          </li>
        ))}
      </ul>
      {found.data?.items.length === 0 ? <p>{t("zones.nobody")}</p> : null}
    </div>
  );
}
