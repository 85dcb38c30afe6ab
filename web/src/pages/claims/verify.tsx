import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, document, type Schemas } from "@/api/client";
import { Money } from "@/components/amounts";
import { Figure } from "@/components/figure";
import { Failed, Notice } from "@/components/states";
import { Table } from "@/components/table";

const POLL_MS = 1_000;
type Verification = Schemas["Verification"];

/** Asks until the verifier is done; `tell` hears how far it is. */
async function verify(claim: string, tell: (words: string) => void): Promise<Verification> {
  for (;;) {
    const found = document(await api.POST("/v1/claims/{claim}/verify", { params: { path: { claim } } }));
    if (!("transactions_waiting" in found)) return found;
    tell(`${found.transactions_replayed} transactions read, ${found.transactions_waiting} to go`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Recomputes the claim from raw transactions, by code that shares nothing with the programs or this index. */
export function Verify({ claim, isPaid }: { claim: string; isPaid: boolean }) {
  const [words, setWords] = useState("");
  const run = useMutation({ mutationFn: () => verify(claim, setWords) });
  return (
    <section className="card">
      <h2>Verify</h2>
      <p className="soft">Recomputes every amount from the chain’s raw transactions, without believing this receipt.</p>
      <p>
        <button type="button" className="button" disabled={!isPaid || run.isPending} onClick={() => run.mutate()}>
          {run.isPending ? "Recomputing …" : isPaid ? "Verify this claim" : "Not paid yet"}
        </button>
      </p>
      {run.isPending && <p role="status">{words}</p>}
      {run.isError && <Failed what="Verification" error={run.error} again={() => run.mutate()} />}
      {run.data && <Result found={run.data} />}
    </section>
  );
}

function Result({ found }: { found: Verification }) {
  const isEqual = found.state === "verified";
  return (
    <>
      <Notice tone={isEqual ? "good" : "bad"} title={isEqual ? "Every amount agrees to the atom" : "It does not agree"}>
        <Figure name="read">
          {found.transactions_replayed} transactions read up to slot {found.as_of_slot}.
        </Figure>
        {found.differences.map(({ place, expected, found: is }) => (
          <p key={place}>
            {place}: {is} instead of {expected}
          </p>
        ))}
      </Notice>
      <Table
        caption="Recomputed and recorded amounts"
        rows={[...found.tiers, ...found.figures]}
        id={({ name }) => name}
        empty={null}
        columns={[
          { key: "name", name: "Amount", show: ({ name }) => name.replaceAll("_", " ") },
          {
            key: "recomputed",
            name: "Recomputed",
            isNumber: true,
            show: ({ recomputed }) => <Money atoms={recomputed} places={6} />,
          },
          {
            key: "recorded",
            name: "Recorded",
            isNumber: true,
            show: ({ recorded }) => <Money atoms={recorded} places={6} />,
          },
          { key: "equal", name: "", show: ({ equal }) => (equal ? "equal" : "different") },
        ]}
      />
    </>
  );
}
