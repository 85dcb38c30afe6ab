import { Link } from "wouter";
import { Disclaimer } from "@/shell/disclaimer";

interface Answer {
  question: string;
  answer: string;
  more?: { path: string; name: string };
}

const ANSWERS: readonly Answer[] = [
  {
    question: "What do I earn?",
    answer:
      "A share of the market’s trading fees, more when its measured risk is higher. Premiums vest over 96 epochs and lift the share price; a performance fee is taken above its highest value only. Yields here are realised and trailing, never a forecast.",
    more: { path: "/fees", name: "All fees" },
  },
  {
    question: "What can I lose?",
    answer:
      "Everything. A deficit above the market’s threshold is paid from the pool by code, after the trader’s margin, the market’s own fund, unvested profits, the creator’s stake and unvested premiums. A larger one wipes the pool out.",
    more: { path: "/risks", name: "All risks" },
  },
  {
    question: "When can I leave?",
    answer:
      "Ask at any time; the payment comes after the notice, and until then the capital stays at risk. Before the end of the lock an early fee goes to those who stay. Withdrawals wait while they would lift utilisation above its cap, at most 14 days after the notice.",
    more: { path: "/portfolio", name: "Your positions" },
  },
  {
    question: "Who decides on a claim?",
    answer:
      "Nobody. The market’s own account signs the deficit of a liquidation, the programs compare it with the threshold and pay. Each claim is a receipt that anyone can recompute.",
    more: { path: "/claims", name: "Claims" },
  },
  {
    question: "What does the score mean?",
    answer:
      "0.35 leverage + 0.25 open interest by liquidity + 0.20 volatility + 0.20 funding variance, each from 0 to 1. It sets the grade, the reserve and the premium rate; above 0.75 the market takes only orders that reduce positions.",
    more: { path: "/parameters", name: "All parameters" },
  },
  {
    question: "How do I know that a transaction is what I see?",
    answer:
      "Your browser reads the bytes before your wallet is asked, and refuses any that go elsewhere or take another amount than shown. The wallet shows them once more.",
  },
];

/** What an LP asks first, in place; everything else is in the repository's docs. */
export function Docs() {
  return (
    <div className="stack narrow">
      <h1>Docs</h1>
      <Disclaimer />
      {ANSWERS.map(({ question, answer, more }) => (
        <section key={question} className="card">
          <h2>{question}</h2>
          <p data-figure={question}>{answer}</p>
          {more && <Link href={more.path}>{more.name} →</Link>}
        </section>
      ))}
      <p>
        For programs: <a href="/v1/openapi.json">the API’s OpenAPI document</a>.
      </p>
    </div>
  );
}
