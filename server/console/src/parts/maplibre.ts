/** MapLibre with its worker from our own origin. Only ever loaded by `import()`, once a page with a map stands. */
import { Map as Ground, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

setWorkerUrl(worker);

export { Ground };
