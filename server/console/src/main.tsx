import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./main.css";
import { Look } from "./app/look";
import { router } from "./app/router";
import { openWithCode, takeCode } from "./app/session";
import { start } from "./i18n";

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: 1, refetchOnWindowFocus: true } },
});

async function open(): Promise<void> {
  await start();
  // A one-time link opens the session before anything is drawn; a code that no longer works leads to the login page.
  const code = takeCode(window.location, window.history);
  if (code !== null) await openWithCode(code).catch(() => undefined);
  createRoot(document.getElementById("root") as HTMLElement).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Look>
          <RouterProvider router={router} />
        </Look>
      </QueryClientProvider>
    </StrictMode>,
  );
}

void open();
