import { Dialog } from "@base-ui/react/dialog";
import { Menu } from "@base-ui/react/menu";
import type { Wallet } from "@wallet-standard/base";
import { useState } from "react";
import { Notice } from "@/components/states";
import { shortAddress } from "@/format/address";
import { useWallet } from "./wallet_context";
import "./wallet.css";

export function WalletButton() {
  const { connected } = useWallet();
  return connected ? <Account /> : <Choice />;
}

function Account() {
  const { connected, leave } = useWallet();
  const [, setCopied] = useState(false);
  if (!connected) return null;
  const { address } = connected.account;
  return (
    <Menu.Root>
      <Menu.Trigger className="button" aria-label={`Wallet ${address}`}>
        <img src={connected.wallet.icon} alt="" width="18" height="18" />
        <span className="mono">{shortAddress(address)}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end">
          <Menu.Popup className="menu">
            <Menu.Item
              className="menu-item"
              onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
            >
              Copy the address
            </Menu.Item>
            <Menu.Item className="menu-item" onClick={() => void leave()}>
              Disconnect
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Choice() {
  const { wallets, choose } = useWallet();
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const pick = async (wallet: Wallet) => {
    setRefusal(null);
    try {
      await choose(wallet);
      setOpen(false);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger className="button primary">Connect</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>Connect a wallet</Dialog.Title>
          <Dialog.Description className="soft">
            Your keys stay in the wallet. It asks you before each signature.
          </Dialog.Description>
          <ul className="wallet-list">
            {wallets.map((wallet) => (
              <li key={wallet.name}>
                <button type="button" className="button wide" onClick={() => void pick(wallet)}>
                  <img src={wallet.icon} alt="" width="24" height="24" />
                  {wallet.name}
                </button>
              </li>
            ))}
          </ul>
          {wallets.length === 0 && (
            <Notice title="No wallet found in this browser">
              Install one that knows the wallet standard (Phantom, Solflare, Backpack and others do), then load this
              page again.
            </Notice>
          )}
          {refusal && (
            <Notice tone="warn" title="Not connected">
              {refusal}
            </Notice>
          )}
          <Dialog.Close className="button">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
