import { ColorType } from "lightweight-charts";

/** A token of styles/tokens.css as a canvas needs it: light-dark() is resolved for an element, not for a property. */
export function color(name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** What every chart looks like in the theme of now; `isPlain` leaves the vertical lines to something else. */
export const look = (isPlain: boolean) => ({
  layout: {
    background: { type: ColorType.Solid as const, color: color("card") },
    textColor: color("ink-soft"),
    attributionLogo: false,
  },
  grid: { vertLines: { color: color("line"), visible: !isPlain }, horzLines: { color: color("line") } },
  timeScale: {
    timeVisible: true,
    secondsVisible: false,
    borderColor: color("line"),
    fixLeftEdge: true,
    fixRightEdge: true,
    // A phone has fewer pixels than a week has epochs.
    minBarSpacing: 0.1,
  },
  rightPriceScale: { borderColor: color("line") },
});

/** Calls `repaint` when the system's or the page's theme changes; returns what ends that. */
export function onTheme(repaint: () => void): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", repaint);
  const themed = new MutationObserver(repaint);
  themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    dark.removeEventListener("change", repaint);
    themed.disconnect();
  };
}
