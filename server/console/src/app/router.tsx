/** The address bar is the view: every page has a path, and what it shows is in its search. Pages load when needed. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent as lazy,
  Navigate,
  Outlet,
} from "@tanstack/react-router";
import { Failed, Loading, NotFound } from "../parts/states";
import { placesOf } from "./places";
import { Guard, Shell } from "./Shell";
import { anySearch, readSearch, writeSearch } from "./search";
import { useMe } from "./session";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: anySearch,
  component: lazy(() => import("../pages/login/Login"), "Login"),
});
const wall = createRoute({
  getParentRoute: () => root,
  path: "/wall",
  validateSearch: anySearch,
  component: () => (
    <Guard>
      <Wall />
    </Guard>
  ),
});
const Wall = lazy(() => import("../pages/wall/Wall"), "Wall");
const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Shell });

/** A page in the frame. */
function page<const P extends string>(path: P, component: ReturnType<typeof lazy>) {
  return createRoute({ getParentRoute: () => inside, path, validateSearch: anySearch, component });
}

const pages = [
  createRoute({ getParentRoute: () => inside, path: "/", component: Home }),
  page(
    "/review",
    lazy(() => import("../pages/review/Review"), "Review"),
  ),
  page(
    "/map",
    lazy(() => import("../pages/map/Map"), "MapPage"),
  ),
  page(
    "/cases",
    lazy(() => import("../pages/cases/Cases"), "Cases"),
  ),
  page(
    "/cases/$id",
    lazy(() => import("../pages/case/Case"), "CasePage"),
  ),
  page(
    "/desk",
    lazy(() => import("../pages/desk/Desk"), "Desk"),
  ),
  page(
    "/objections",
    lazy(() => import("../pages/objections/Objections"), "Objections"),
  ),
  page(
    "/delegations",
    lazy(() => import("../pages/delegations/Delegations"), "Delegations"),
  ),
  page(
    "/subjects",
    lazy(() => import("../pages/subjects/Subjects"), "Subjects"),
  ),
  page(
    "/subjects/$id",
    lazy(() => import("../pages/subject/Subject"), "SubjectPage"),
  ),
  page(
    "/permits",
    lazy(() => import("../pages/permits/Permits"), "Permits"),
  ),
  page(
    "/kpi",
    lazy(() => import("../pages/kpi/Kpi"), "Kpi"),
  ),
  page(
    "/fleet",
    lazy(() => import("../pages/fleet/Fleet"), "Fleet"),
  ),
  page(
    "/fleet/$edge/$camera",
    lazy(() => import("../pages/camera/Camera"), "CameraPage"),
  ),
  page(
    "/law",
    lazy(() => import("../pages/law/Law"), "Law"),
  ),
  page(
    "/people",
    lazy(() => import("../pages/people/People"), "People"),
  ),
  page(
    "/audit",
    lazy(() => import("../pages/audit/Audit"), "Audit"),
  ),
  page(
    "/inbox",
    lazy(() => import("../pages/inbox/Inbox"), "Inbox"),
  ),
] as const;

/** Everybody starts where their work is. */
function Home() {
  const first = placesOf(useMe()?.roles ?? [])[0];
  if (first === undefined) return <NotFound />;
  if (first.outside) {
    window.location.replace(first.path);
    return <Loading />;
  }
  return <Navigate to={first.path} replace />;
}

export const router = createRouter({
  routeTree: root.addChildren([login, wall, inside.addChildren([...pages])]),
  basepath: "/console",
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => (
    <Failed error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
  ),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
