import type { Schemas } from "@/api/client";
import { useParams } from "@/api/queries";
import { Missing } from "@/components/amounts";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { decimal } from "@/format/decimal";

/** A whole number and its unit; a mere count has none. */
const valued = ({ value, unit }: Schemas["ParameterRow"]): string =>
  unit === "number" ? decimal(value, 0) : `${decimal(value, 0)} ${unit}`;

const oneLine = (figure: string) => <span className="number">{figure}</span>;

export function Parameters() {
  return (
    <div className="stack">
      <h1>Parameters</h1>
      <Loaded query={useParams()} what="Parameters" rows={10}>
        {({ items, terms, development }) => (
          <>
            {development && (
              <Notice tone="warn" title="Development build">
                Programs of this cluster carry conveniences that public ones do not have, such as short epochs.
              </Notice>
            )}
            <h2>Compiled into the programs</h2>
            <Table
              caption="Parameters"
              rows={items}
              id={({ name, grade }) => `${name} ${grade ?? ""}`}
              empty={<Notice title="No parameter listed" />}
              columns={[
                {
                  key: "name",
                  name: "Name",
                  by: ({ name }) => name,
                  show: ({ name, grade }) => `${name.replaceAll("_", " ")}${grade ? `, grade ${grade}` : ""}`,
                },
                { key: "group", name: "Part", by: ({ group }) => group, show: ({ group }) => group },
                { key: "value", name: "Value", isNumber: true, show: (row) => oneLine(valued(row)) },
                { key: "words", name: "Meaning", show: ({ words }) => words },
              ]}
            />
            <h2>Chosen by a market’s creator</h2>
            <Table
              caption="Terms of a market"
              rows={terms}
              id={({ name }) => name}
              empty={<Notice title="No term listed" />}
              columns={[
                { key: "title", name: "Term", show: ({ title }) => title },
                { key: "low", name: "From", isNumber: true, show: ({ low_shown }) => oneLine(low_shown) },
                { key: "high", name: "To", isNumber: true, show: ({ high_shown }) => oneLine(high_shown) },
                {
                  key: "default",
                  name: "Default",
                  isNumber: true,
                  show: ({ default_shown }) => (default_shown ? oneLine(default_shown) : <Missing why="none" />),
                },
                {
                  key: "fixed",
                  name: "Later",
                  show: ({ fixed }) => (fixed ? "never changes" : "after an announcement"),
                },
                { key: "words", name: "Meaning", show: ({ words }) => words },
              ]}
            />
          </>
        )}
      </Loaded>
    </div>
  );
}
