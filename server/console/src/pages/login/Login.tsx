/** In with a name and a password, or with the one-time code of a link. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { type FormEvent, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { meQuery, openWithCode } from "../../app/session";

export function Login() {
  const { t } = useTranslation();
  const [fault, setFault] = useState("");
  const [code, setCode] = useState("");
  const enter = useEnter(() => setFault(t("login.wrong")));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(openWithCode(code.trim()));
  };
  return (
    <main className="gate">
      <section className="gatecard">
        <div className="name">
          <img src="/static/icon.svg" alt="" width={44} height={44} />
          <div>
            <h1>{t("app.name")}</h1>
            <p>{t("app.subtitle")}</p>
          </div>
        </div>
        <form onSubmit={submit}>
          <label htmlFor="code">{t("login.code")}</label>
          <Input
            id="code"
            required
            autoComplete="off"
            spellCheck={false}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <p role="alert" className="fault">
            {fault}
          </p>
          <Button type="primary" htmlType="submit" block>
            {t("login.withCode")}
          </Button>
        </form>
      </section>
    </main>
  );
}

function useEnter(failed: () => void): (opening: Promise<void>) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { from } = useSearch({ from: "/login" });
  return useCallback(
    async (opening) => {
      try {
        await opening;
        await client.fetchQuery({ ...meQuery, staleTime: 0 });
        await navigate({ to: from ?? "/" });
      } catch {
        failed();
      }
    },
    [client, navigate, from, failed],
  );
}
