/** Every page that the menus name. */

export interface Place {
  path: string;
  name: string;
}

export const MAIN: readonly Place[] = [
  { path: "/markets", name: "Markets" },
  { path: "/portfolio", name: "Portfolio" },
  { path: "/positions", name: "Positions" },
  { path: "/claims", name: "Claims" },
  { path: "/keepers", name: "Keepers" },
];

export const MORE: readonly Place[] = [
  { path: "/create", name: "Create a market" },
  { path: "/fees", name: "Fees" },
  { path: "/risks", name: "Risks" },
  { path: "/parameters", name: "Parameters" },
  { path: "/system", name: "Status" },
  { path: "/docs", name: "Docs" },
];
