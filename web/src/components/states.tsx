import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { explain } from "@/api/problem";
import "./states.css";

interface NoticeProps {
  tone?: "plain" | "good" | "warn" | "bad";
  title: string;
  /** What tests call the title, where it holds a figure. */
  figure?: string;
  children?: ReactNode;
}

/** A sentence that matters; `bad` and `warn` are announced to screen readers. */
export function Notice({ tone = "plain", title, figure, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === "bad" || tone === "warn" ? "alert" : "status"}>
      <strong data-figure={figure}>{title}</strong>
      {children && <div>{children}</div>}
    </div>
  );
}

interface LoadingProps {
  rows?: number;
  what: string;
  /** Nobody knows how high it will be: what stands below is shown when it is there. */
  isFirst?: boolean;
}

/** Grey bars where something is to come. */
export function Loading({ rows = 3, what, isFirst }: LoadingProps) {
  return (
    <div className="loading" data-first={isFirst || undefined} role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <span key={row} className="bar" />
      ))}
    </div>
  );
}

/** Takes the room of a figure that is to come, and says nothing. */
export function Place({ children }: { children: ReactNode }) {
  return (
    <span className="loading place">
      <span>{children}</span>
    </span>
  );
}

export function Failed({ error, again, what }: { error: unknown; again?: () => void; what: string }) {
  const { title, advice } = explain(error);
  return (
    <div className="notice" data-tone="bad" role="alert">
      <strong>
        {what}: {title}
      </strong>
      <div>{advice}</div>
      {again && (
        <button type="button" className="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  what: string;
  rows?: number;
  /** Stands there meanwhile instead of bars; of the size of what is to come, so that nothing has to wait for it. */
  instead?: ReactNode;
  children: (data: T) => ReactNode;
}

/** What a query brought, or how it stands. Data that is there stays while it is asked for again. */
export function Loaded<T>({ query, what, rows = 3, instead, children }: LoadedProps<T>) {
  const [isFirst, setFirst] = useState(true);
  if (isFirst && query.data !== undefined) setFirst(false);
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} again={() => void query.refetch()} what={what} />;
  return instead ?? <Loading what={what} rows={rows} isFirst={isFirst} />;
}
