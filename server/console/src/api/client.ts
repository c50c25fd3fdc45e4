/** The one way to the server: typed from its OpenAPI file. A refusal becomes a `Problem` (RFC 9457). */
import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "./schema";

/** What the server said was wrong: a stable code, a title, and the facts. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly facts: Record<string, unknown>,
  ) {
    super(`${code}: ${title}`);
  }
}

/** No answer at all: the network or the server is away. */
export class Offline extends Error {}

const raising: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw await problemOf(response);
  },
  onError({ error }) {
    return new Offline(String(error));
  },
};

export async function problemOf(response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => ({}));
  const body = typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};
  const text = (name: string, otherwise: string) => (typeof body[name] === "string" ? body[name] : otherwise);
  // The facts stand beside the five members of RFC 9457, as the server writes them.
  const { type: _type, title: _title, status: _status, code: _code, ...facts } = body;
  return new Problem(
    response.status,
    text("code", `http.${response.status}`),
    text("title", response.statusText),
    facts,
  );
}

export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin" });
api.use(raising);

/** The body of an answer that was well. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  return data as T;
}
