/** The address bar is the view: every page has a path, and what it shows is in its search. Pages load when needed. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from "@tanstack/react-router";
import { NotFound } from "../parts/states";
import { placesOf } from "./places";
import { Shell } from "./Shell";
import { useMe } from "./session";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search): { from?: string } =>
    typeof search.from === "string" ? { from: search.from } : {},
  component: lazyRouteComponent(() => import("../pages/login/Login"), "Login"),
});
const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Shell });
const home = createRoute({ getParentRoute: () => inside, path: "/", component: Home });

/** Everybody starts where their work is. */
function Home() {
  const first = placesOf(useMe()?.roles ?? [])[0];
  return first ? <Navigate to={first.path} replace /> : <NotFound />;
}

export const router = createRouter({
  routeTree: root.addChildren([login, inside.addChildren([home])]),
  basepath: "/console",
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
