/** The party's way to the server: the same typed client, with the visit's token instead of a cookie. */
import createClient from "openapi-fetch";
import { body, Offline, Problem, problemOf } from "../api/client";
import type { paths } from "../api/schema";
import { type Knock, Memory } from "./visit";

let token = "";
const client = createClient<paths>({ baseUrl: "/", credentials: "omit" });
client.use({
  onRequest({ request }) {
    if (token !== "") request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw await problemOf(response);
  },
  onError({ error }) {
    return new Offline(String(error));
  },
});

export const party = client;
export const memory = new Memory(localStorage, sessionStorage);

/** From now on this visit's. */
export function become(next: string): void {
  token = next;
}

export const knock: Knock = async (code, key) => {
  try {
    return await body(
      client.POST("/api/party/visits", { body: { code }, headers: { "Idempotency-Key": key } }),
    );
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return "refused";
    throw error;
  }
};

/** The bytes of a picture or a document of one's own. */
export async function bytes(path: string): Promise<Blob> {
  const response = await fetch(path, {
    headers: { Authorization: `Bearer ${token}` },
    credentials: "omit",
  }).catch((error: unknown) => {
    throw new Offline(String(error));
  });
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

/** Sends a file into the case; the answer is the name it is known by (its SHA-256). The same again is harmless. */
export async function put(name: string, content: Blob): Promise<string> {
  const response = await fetch(`/api/party/evidence/${name}`, {
    method: "PUT",
    body: content,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": content.type },
    credentials: "omit",
  }).catch((error: unknown) => {
    throw new Offline(String(error));
  });
  if (!response.ok) throw await problemOf(response);
  return name;
}
