import { Link } from "wouter";
import { Disclaimer } from "./disclaimer";
import { MORE } from "./places";

export function Footer() {
  return (
    <footer className="bottom">
      <div className="bottom-row">
        <Disclaimer />
        <nav aria-label="More pages">
          <ul>
            {MORE.map((place) => (
              <li key={place.path}>
                <Link href={place.path}>{place.name}</Link>
              </li>
            ))}
          </ul>
        </nav>
        <p className="small">
          Amounts are rounded against you: what you have or get down, what you pay or lose up. Each is written out on
          hover.
        </p>
        <p className="small">
          Charts: <a href="https://www.tradingview.com/lightweight-charts/">Lightweight Charts</a> by TradingView. No
          cookies, no tracking, nothing from third parties.
        </p>
      </div>
    </footer>
  );
}
