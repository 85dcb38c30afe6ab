import { type RefObject, useEffect, useState } from "react";

/** The width of an element in pixels, as it changes; null until it is known. */
export function useWidth(of: RefObject<Element | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    if (!of.current) return;
    const seen = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    seen.observe(of.current);
    return () => seen.disconnect();
  }, [of]);
  return width;
}
