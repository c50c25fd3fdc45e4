/** The entry of the party's pages: no component library, so that a phone has them at once. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./main.css";
import { start } from "./i18n";
import { App } from "./party/App";

const client = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1 } } });

// No `await` at the top: older phones do not know it.
void start().then(() =>
  createRoot(document.getElementById("root") as HTMLElement).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
