import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, document, type Schemas } from "@/api/client";
import { Loaded, Notice } from "@/components/states";
import { TestMoney } from "@/wallet/test_money";
import { useWallet } from "@/wallet/wallet_context";
import { Plan } from "./plan";
import { TermField } from "./term_field";
import { typed, wholeOf } from "./units";

type Term = Schemas["TermBody"];
const MONEY: readonly { name: "stake" | "house" | "fund"; title: string; meaning: string }[] = [
  {
    name: "stake",
    title: "First-loss stake",
    meaning: "pays before the providers do; shows them that you trust your market",
  },
  { name: "house", title: "House capital", meaning: "pays traders who win while few lose" },
  { name: "fund", title: "Insurance fund", meaning: "the market’s own, pays deficits before the pool" },
];

export function Create() {
  const { connected } = useWallet();
  const query = useQuery({
    queryKey: ["market-terms"],
    queryFn: async () => document(await api.GET("/v1/market-terms")),
    staleTime: 60_000,
  });
  return (
    <div className="stack narrow">
      <h1>Create a market</h1>
      <p className="soft">
        Choose its terms. Providers see them before they deposit, and most can never change. Your wallet signs one
        transaction after the other; you can stop and go on later.
      </p>
      <TestMoney />
      <Loaded query={query} what="Terms" rows={8}>
        {(found) =>
          connected ? (
            <Form found={found} creator={connected.account.address} />
          ) : (
            <Notice title="Connect a wallet to begin">
              It becomes the market’s creator. The button is at the top of the page.
            </Notice>
          )
        }
      </Loaded>
    </div>
  );
}

interface FormProps {
  found: Schemas["NewMarketTerms"];
  creator: string;
}

function Form({ found, creator }: FormProps) {
  const [feed, setFeed] = useState(found.feeds[0]?.address ?? "");
  const [values, setValues] = useState<Record<string, string>>(() => startOf(found.terms));
  const [money, setMoney] = useState<Record<string, string>>({ stake: "0", house: "0", fund: "0" });
  const [request, setRequest] = useState<Schemas["MarketRequest"] | null>(null);
  const wrong = found.terms.filter(({ name, unit }) => wholeOf(values[name] ?? "", unit) === null);
  const show = () => {
    const terms = Object.fromEntries(found.terms.map(({ name, unit }) => [name, wholeOf(values[name] ?? "", unit)]));
    const paid = Object.fromEntries(MONEY.map(({ name }) => [name, wholeOf(money[name] ?? "", "atoms") ?? "0"]));
    setRequest({ creator, feed, terms, ...paid });
  };
  if (found.feeds.length === 0)
    return (
      <Notice tone="warn" title="No price feed on this cluster">
        The admin has to open one first.
      </Notice>
    );
  return (
    <>
      <form className="stack" onSubmit={(event) => event.preventDefault()}>
        <label className="field">
          Price feed
          <select value={feed} data-figure="feed" onChange={(event) => setFeed(event.target.value)}>
            {found.feeds.map(({ address, label }) => (
              <option key={address} value={address}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {found.terms.map((term) => (
          <TermField
            key={term.name}
            term={term}
            value={values[term.name] ?? ""}
            onChange={(value) => setValues({ ...values, [term.name]: value })}
          />
        ))}
        {MONEY.map(({ name, title, meaning }) => (
          <label key={name} className="field" data-figures={`money:${name}`}>
            {title}, USDC
            <input
              data-figure="value"
              inputMode="decimal"
              value={money[name]}
              onChange={(event) => setMoney({ ...money, [name]: event.target.value })}
            />
            <span className="soft">{meaning}</span>
          </label>
        ))}
        <button type="button" className="button" disabled={wrong.length > 0} onClick={show}>
          {wrong.length > 0 ? `Fill in ${wrong.map(({ title }) => title).join(", ")}` : "Show plan and cost"}
        </button>
      </form>
      {request && <Plan request={request} />}
    </>
  );
}

const startOf = (terms: readonly Term[]): Record<string, string> =>
  Object.fromEntries(terms.map(({ name, value, unit }) => [name, value === null ? "" : typed(value, unit)]));
