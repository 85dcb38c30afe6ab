import { useAlerts } from "@/api/queries";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { When } from "@/components/when";

const MILLIS = 1_000;

/** What the service watches itself for: standing alerts first, then what was cleared. */
export function Alerts() {
  return (
    <>
      <h2>Alerts</h2>
      <Loaded query={useAlerts()} what="Alerts" rows={2}>
        {({ items }) => (
          <Table
            caption="Alerts, newest first"
            rows={items}
            id={({ id }) => String(id)}
            empty={<Notice tone="good" title="No alert so far" />}
            columns={[
              { key: "title", name: "Alert", show: ({ title }) => title },
              {
                key: "state",
                name: "State",
                show: ({ cleared_ms, severity }) => (
                  <span
                    className="badge"
                    data-tone={cleared_ms !== null ? "good" : severity === "critical" ? "bad" : "warn"}
                  >
                    {cleared_ms === null ? severity : "cleared"}
                  </span>
                ),
              },
              { key: "message", name: "What", show: ({ message }) => message },
              { key: "action", name: "What to do", show: ({ action }) => action },
              {
                key: "raised",
                name: "Raised",
                show: ({ raised_ms }) => <When seconds={Math.trunc(raised_ms / MILLIS)} />,
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
