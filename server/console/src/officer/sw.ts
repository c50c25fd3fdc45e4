/** The officer's service worker. It may not import: a browser runs it by itself, under one fixed name. */
const worker = self as unknown as ServiceWorkerGlobalScope;

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
