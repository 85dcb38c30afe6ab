import { type RefCallback, useCallback, useState } from "react";

/** Whether what stands in a box is wider than it, so that it scrolls; and the box's ref. Watched, as both change with time. */
export function useOverflow(): [RefCallback<HTMLElement>, boolean] {
  const [overflows, setOverflows] = useState(false);
  const box = useCallback((found: HTMLElement) => {
    const seen = new ResizeObserver(() => setOverflows(found.scrollWidth > found.clientWidth));
    for (const each of [found, ...found.children]) seen.observe(each);
    return () => seen.disconnect();
  }, []);
  return [box, overflows];
}
