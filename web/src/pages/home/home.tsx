import { Link } from "wouter";
import { Flow } from "./flow";
import { FACTS, MODES } from "./modes";
import { Totals } from "./totals";
import "./home.css";

export function Home() {
  return (
    <div className="stack home">
      <section className="hero">
        <h1>Insurance pools for perpetual markets</h1>
        <p className="lead">
          When a liquidation leaves a loss that the trader’s margin can’t cover, somebody has to pay it. PercoSec puts
          an isolated USDC pool behind each market. The market pays premiums by its measured risk; the pool pays
          deficits, by code.
        </p>
        <p className="row">
          <Link href="/markets" className="button primary">
            See the markets
          </Link>
          <Link href="/risks" className="button">
            What can go wrong
          </Link>
        </p>
      </section>
      <Totals />
      <section className="stack">
        <h2>How it works</h2>
        <Flow />
      </section>
      <section className="stack">
        <h2>Five ways a perpetual market breaks</h2>
        <ol className="grid modes">
          {MODES.map((mode) => (
            <li key={mode.name} className="card">
              <h3>{mode.name}</h3>
              <p className="soft">{mode.what}</p>
            </li>
          ))}
        </ol>
      </section>
      <section className="stack">
        <h2>Four facts</h2>
        <ul className="grid modes">
          {FACTS.map((fact) => (
            <li key={fact.name} className="card">
              <h3>{fact.name}</h3>
              <p className="soft">{fact.what}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
