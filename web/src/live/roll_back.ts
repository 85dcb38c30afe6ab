/** The chain dropped slots: topics begin anew by themselves, everything else is read again, and a person is told. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { connection } from "./use_live";

const TOLD_MS = 20_000;

/** Whether that has just happened. */
export function useRollBack(): boolean {
  const queries = useQueryClient();
  const [isRecent, setRecent] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = connection.onRollBack(() => {
      setRecent(true);
      clearTimeout(timer);
      timer = setTimeout(() => setRecent(false), TOLD_MS);
      void queries.invalidateQueries();
    });
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [queries]);
  return isRecent;
}
