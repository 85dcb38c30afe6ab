import { type ReactNode, useState } from "react";
import { useOverflow } from "./use_overflow";
import "./table.css";

export interface Column<Row> {
  key: string;
  name: string;
  /** What stands in the cell. */
  show: (row: Row) => ReactNode;
  /** By what the column sorts; without it there is no sorting. BigInt for whole amounts. */
  by?: (row: Row) => string | number | bigint | null;
  /** Figures stand on the right. */
  isNumber?: boolean;
}

interface TableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string;
  /** What stands there when there is no row: why, and what to do next. */
  empty: ReactNode;
  first?: { key: string; descending: boolean };
}

type Key = string | number | bigint | null;

/** Ascending, what is missing at the end in either direction. */
export function compare(a: Key, b: Key, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === "string" && typeof b === "string" ? a.localeCompare(b) : a < b ? -1 : a > b ? 1 : 0;
  return descending ? -order : order;
}

/** Who has no mouse scrolls with the arrow keys, and hears what it is that scrolls. */
const scrolled = (caption: string) => ({ role: "region", "aria-label": caption, tabIndex: 0 });

export function Table<Row>({ caption, columns, rows, id, empty, first }: TableProps<Row>) {
  const [sort, setSort] = useState(first);
  const [box, overflows] = useOverflow();
  const sorter = columns.find((column) => column.key === sort?.key)?.by;
  const shown = sorter && sort ? [...rows].sort((a, b) => compare(sorter(a), sorter(b), sort.descending)) : rows;
  if (rows.length === 0) return empty;
  const turn = (key: string) => setSort({ key, descending: sort?.key === key ? !sort.descending : true });
  return (
    <div className="table-box" ref={box} {...(overflows && scrolled(caption))}>
      <table className="table" data-figures={`table:${caption}`}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const isSorted = sort?.key === column.key;
              const order = isSorted ? (sort.descending ? "descending" : "ascending") : undefined;
              return (
                <th
                  key={column.key}
                  scope="col"
                  aria-sort={order}
                  className={column.isNumber ? "right" : undefined}
                  data-figure={`head/${column.key}`}
                >
                  {column.by ? (
                    <button type="button" className="sort" onClick={() => turn(column.key)}>
                      {column.name}
                      <span aria-hidden="true">{isSorted ? (sort.descending ? "↓" : "↑") : "↕"}</span>
                    </button>
                  ) : (
                    column.name
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={id(row)} data-figures={id(row)}>
              {columns.map((column) => (
                <td
                  key={column.key}
                  data-label={column.name}
                  className={column.isNumber ? "right" : undefined}
                  data-figure={column.key}
                >
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
