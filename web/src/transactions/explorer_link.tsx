import { useStatus } from "@/api/queries";
import { shortAddress } from "@/format/address";

const EXPLORER = "https://explorer.solana.com";

interface ExplorerLinkProps {
  signature?: string;
  address?: string;
}

/** A transaction or an account in Solana's explorer, on the cluster in use. */
export function ExplorerLink({ signature, address }: ExplorerLinkProps) {
  const { data: status } = useStatus();
  const what = signature ? `tx/${signature}` : `address/${address}`;
  const id = signature ?? address ?? "";
  if (!status) return <span className="mono">{shortAddress(id)}</span>;
  return (
    <a href={`${EXPLORER}/${what}${clusterQuery(status)}`} target="_blank" rel="noreferrer" className="mono" title={id}>
      {shortAddress(id)} ↗
    </a>
  );
}

export function clusterQuery({ cluster, rpc }: { cluster: string; rpc: string }): string {
  if (cluster === "mainnet") return "";
  if (cluster === "localnet") return `?cluster=custom&customUrl=${encodeURIComponent(rpc)}`;
  return `?cluster=${cluster}`;
}
