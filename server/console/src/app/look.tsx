/** Light and dark, the language of the components, and the nonce that lets their styles through the CSP. */
import { ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useLanguage } from "../i18n";

type Mode = "light" | "dark";
const KEPT = "shouwei.theme";
const Choice = createContext<{ mode: Mode; choose: (mode: Mode) => void }>({
  mode: "light",
  choose: () => {},
});
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

function first(): Mode {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function Look({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const [mode, setMode] = useState<Mode>(first);
  const choice = useMemo(
    () => ({
      mode,
      choose: (next: Mode) => {
        localStorage.setItem(KEPT, next);
        setMode(next);
      },
    }),
    [mode],
  );
  useEffect(() => {
    document.documentElement.dataset.theme = mode;
  }, [mode]);
  const algorithm = mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm;
  return (
    <Choice.Provider value={choice}>
      <ConfigProvider
        locale={language === "en" ? enUS : zhCN}
        csp={{ nonce }}
        theme={{ algorithm, token: { colorPrimary: "#1a7f5a", borderRadius: 6, motion: false } }}
      >
        {children}
      </ConfigProvider>
    </Choice.Provider>
  );
}

export const useLook = () => useContext(Choice);
