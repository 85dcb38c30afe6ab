import { useState } from "react";
import { Link, useRoute } from "wouter";
import { ThemeSwitch } from "@/theme/theme_switch";
import { WalletButton } from "@/wallet/wallet_button";
import { MAIN, MORE, type Place } from "./places";

function NavLink({ place, onGo }: { place: Place; onGo: () => void }) {
  const [isHere] = useRoute(`${place.path}/*?`);
  return (
    <li>
      <Link href={place.path} aria-current={isHere ? "page" : undefined} onClick={onGo}>
        {place.name}
      </Link>
    </li>
  );
}

export function Header() {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <header className="top" data-open={isOpen || undefined}>
      <div className="top-row">
        <Link href="/" className="brand" onClick={close}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          PercoSec
        </Link>
        <nav id="menu" aria-label="Pages">
          <ul>
            {MAIN.map((place) => (
              <NavLink key={place.path} place={place} onGo={close} />
            ))}
          </ul>
          <ul className="more">
            {MORE.map((place) => (
              <NavLink key={place.path} place={place} onGo={close} />
            ))}
          </ul>
        </nav>
        <div className="top-tools">
          <ThemeSwitch />
          <WalletButton />
          <button
            type="button"
            className="icon-button menu-button"
            aria-expanded={isOpen}
            aria-controls="menu"
            aria-label={isOpen ? "Close the menu" : "Open the menu"}
            onClick={() => setOpen(!isOpen)}
          >
            <span aria-hidden="true">{isOpen ? "✕" : "☰"}</span>
          </button>
        </div>
      </div>
    </header>
  );
}
