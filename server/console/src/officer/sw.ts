/** The officer's service worker. It may not import: a browser runs it by itself, under one fixed name.
 *
 * It keeps the built files of the app, a whole set at a time: a page and the files it was built with belong together.
 * Answers of the API are never kept here and never served from here. A newer set is fetched beside the one in use and
 * taken when the person says so.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const FILES = "/officer/files.json";
const PAGE = "/officer/";
const BESIDE = [
  PAGE,
  "/officer/manifest.webmanifest",
  "/static/icon.svg",
  "/static/icon-192.png",
  "/static/icon-512.png",
];
const SETS = "officer-set-";
const MARKS = "officer-marks";

worker.addEventListener("install", (event) => {
  event.waitUntil(install().then(() => worker.skipWaiting()));
});
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("message", (event) => {
  const port = event.ports[0];
  const told = event.data as { kind?: string };
  const doing = told.kind === "take" ? take() : told.kind === "look" ? look() : null;
  if (doing === null) return;
  event.waitUntil(
    doing.then(
      (answer) => port?.postMessage(answer),
      () => port?.postMessage({ waiting: null }),
    ),
  );
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && address.pathname.startsWith("/officer"))
    event.respondWith(page(request));
  else if (address.pathname.startsWith("/console/assets/") || BESIDE.includes(address.pathname))
    event.respondWith(file(request));
});

async function install(): Promise<void> {
  const version = await fetchSet();
  if ((await inUse()) === null) await use(version);
}

/** The set that is on the server now, kept whole under its version; nothing is kept of one that is not whole. */
async function fetchSet(): Promise<string> {
  const answer = await fetch(FILES, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${FILES}: ${answer.status}`);
  const files = (await answer.json()) as string[];
  const version = await nameOf(files);
  if (await caches.has(SETS + version)) return version;
  try {
    const cache = await caches.open(SETS + version);
    await cache.addAll([...files, ...BESIDE].map((url) => new Request(url, { cache: "no-cache" })));
  } catch (error) {
    await caches.delete(SETS + version);
    throw error;
  }
  return version;
}

/** Built files change their name with their content, so the list of names is the version. */
async function nameOf(files: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(files.join("\n")));
  return [...new Uint8Array(digest).slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function inUse(): Promise<string | null> {
  const mark = await (await caches.open(MARKS)).match("/in-use");
  return mark === undefined ? null : mark.text();
}

async function use(version: string): Promise<void> {
  await (await caches.open(MARKS)).put("/in-use", new Response(version));
}

/** Whether the server has a newer set; it lies here whole when the answer says so. */
async function look(): Promise<{ waiting: string | null }> {
  const version = await fetchSet();
  return { waiting: version === (await inUse()) ? null : version };
}

/** Go over to the newest set; the page loads again behind it. */
async function take(): Promise<{ waiting: null }> {
  const version = await fetchSet();
  await use(version);
  for (const name of await caches.keys())
    if (name.startsWith(SETS) && name !== SETS + version) await caches.delete(name);
  return { waiting: null };
}

async function page(request: Request): Promise<Response> {
  const version = await inUse();
  const kept = version === null ? undefined : await (await caches.open(SETS + version)).match(PAGE);
  return kept ?? fetch(request);
}

async function file(request: Request): Promise<Response> {
  const version = await inUse();
  const kept = version === null ? undefined : await (await caches.open(SETS + version)).match(request);
  return kept ?? (await caches.match(request)) ?? fetch(request);
}
