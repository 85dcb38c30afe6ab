import type { Wallet, WalletAccount } from "@wallet-standard/base";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { keepChoice, keptChoice } from "./kept_choice";
import { connect, disconnect, useWallets } from "./wallets";

export interface Connected {
  wallet: Wallet;
  account: WalletAccount;
}

interface WalletState {
  wallets: readonly Wallet[];
  connected: Connected | null;
  /** Throws what the wallet throws, also when the person refuses. */
  choose: (wallet: Wallet) => Promise<void>;
  leave: () => Promise<void>;
}

const State = createContext<WalletState | null>(null);

export function WalletProvider({ children }: { children: ReactNode }) {
  const wallets = useWallets();
  const [connected, setConnected] = useState<Connected | null>(null);
  const hasChosen = useRef(false);
  const choose = useCallback(async (wallet: Wallet) => {
    setConnected({ wallet, account: await connect(wallet) });
    hasChosen.current = true;
    keepChoice(wallet.name);
  }, []);
  const leave = useCallback(async () => {
    const left = connected;
    setConnected(null);
    keepChoice(null);
    if (left) await disconnect(left.wallet);
  }, [connected]);
  useEffect(() => {
    if (connected && !wallets.includes(connected.wallet)) setConnected(null);
  }, [connected, wallets]);
  useEffect(() => {
    const last = hasChosen.current ? undefined : wallets.find(({ name }) => name === keptChoice());
    if (!last) return;
    hasChosen.current = true;
    connect(last, true).then(
      (account) => setConnected({ wallet: last, account }),
      () => {}, // locked, or it forgot this page: the person connects again
    );
  }, [wallets]);
  const state = useMemo(() => ({ wallets, connected, choose, leave }), [wallets, connected, choose, leave]);
  return <State value={state}>{children}</State>;
}

export function useWallet(): WalletState {
  const state = useContext(State);
  if (!state) throw new Error("useWallet outside of WalletProvider");
  return state;
}
