import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { Banners } from "@/banners/banners";
import { Footer } from "./footer";
import { Header } from "./header";
import "./shell.css";

/** What surrounds every page. After a change of page the focus is on it, so that screen readers begin there. */
export function Shell({ children }: { children: ReactNode }) {
  const [place] = useLocation();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it reacts to
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    window.scrollTo(0, 0);
    main.current?.focus();
  }, [place]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Banners />
        {children}
      </main>
      <Footer />
    </>
  );
}
