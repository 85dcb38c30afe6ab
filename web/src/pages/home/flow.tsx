import { type Drawing, Picture } from "./picture";

const TITLE = "How money moves between providers, pool and market";
/** The order of who pays is that of docs/protocol.md, "A claim". */
const WORDS =
  "Liquidity providers put USDC into the pool of one market and get shares of it. The market pays premiums to the pool " +
  "out of its trading fees, more when its risk score is worse. When a liquidation leaves a deficit beyond the trader’s " +
  "margin and it is above the threshold, a deterministic trigger has it paid, without a vote: first by the market’s own " +
  "insurance fund, second by the creator’s first-loss stake, third by the pool, which gives unvested premiums before " +
  "capital. The payout goes to the market in USDC. Premiums lift the share price, claims lower it.";

const PROVIDERS = { title: "Liquidity providers", lines: ["put USDC into one market’s", "pool, hold shares of it"] };
const POOL = {
  title: "The market’s own pool",
  lines: ["pays for this market", "and for no other"],
  tone: "accent" as const,
};
const MARKET = { title: "Perpetual market", lines: ["traders with leverage,", "liquidations"] };
const TRIGGER = {
  title: "Deterministic trigger",
  lines: ["a deficit above the threshold", "is paid; nobody votes"],
  tone: "bad" as const,
};
const FUND = { title: "Market’s fund", lines: ["its own insurance", "pays first"], order: "1" };
const STAKE = { title: "Creator’s stake", lines: ["first loss of whoever", "made the market"], order: "2" };

const WIDE: Drawing = {
  name: "wide",
  width: 1120,
  height: 322,
  boxes: [
    { x: 0, y: 14, width: 232, height: 96, ...PROVIDERS },
    { x: 384, y: 14, width: 244, height: 96, ...POOL },
    { x: 880, y: 14, width: 240, height: 96, ...MARKET },
    { x: 880, y: 222, width: 240, height: 96, ...TRIGGER },
    { x: 658, y: 222, width: 186, height: 96, ...FUND },
    { x: 416, y: 222, width: 206, height: 96, ...STAKE },
  ],
  arrows: [
    { path: "M232 46H380", tone: "accent" },
    { path: "M384 80H236", tone: "accent" },
    { path: "M880 40H632", tone: "good" },
    { path: "M628 86H876", tone: "bad" },
    { path: "M1000 110V218", tone: "bad" },
    { path: "M880 270H848", tone: "bad" },
    { path: "M658 270H626", tone: "bad" },
    { path: "M506 222V114", tone: "bad" },
  ],
  labels: [
    { x: 308, y: 36, text: "USDC", tone: "accent" },
    { x: 308, y: 100, text: "shares", tone: "accent" },
    { x: 754, y: 30, text: "trading fees → premiums", tone: "good" },
    { x: 754, y: 106, text: "payout in USDC", tone: "bad" },
    { x: 988, y: 162, text: "a liquidation", tone: "bad", anchor: "end" },
    { x: 988, y: 181, text: "leaves a deficit", tone: "bad", anchor: "end" },
    { x: 518, y: 173, text: "3 · the pool pays the rest", tone: "bad", anchor: "start" },
    { x: 0, y: 146, text: "Premiums lift the share price,", anchor: "start" },
    { x: 0, y: 165, text: "claims lower it.", anchor: "start" },
  ],
};

const LEFT = 28;
const FULL = 308;
const TALL: Drawing = {
  name: "tall",
  width: LEFT + FULL,
  height: 886,
  boxes: [
    { x: LEFT, y: 0, width: FULL, height: 90, ...PROVIDERS },
    { x: LEFT, y: 150, width: FULL, height: 90, ...POOL },
    { x: LEFT, y: 320, width: FULL, height: 90, ...MARKET },
    { x: LEFT, y: 470, width: FULL, height: 90, ...TRIGGER },
    { x: LEFT, y: 590, width: FULL, height: 90, ...FUND },
    { x: LEFT, y: 710, width: FULL, height: 90, ...STAKE },
    {
      x: LEFT,
      y: 830,
      width: FULL,
      height: 50,
      title: "The pool pays the rest",
      lines: [],
      order: "3",
      tone: "accent",
    },
  ],
  arrows: [
    { path: "M100 90V146", tone: "accent" },
    { path: "M240 150V94", tone: "accent" },
    { path: "M60 320V244", tone: "good" },
    { path: "M240 240V316", tone: "bad" },
    { path: "M60 410V466", tone: "bad" },
    { path: "M60 560V586", tone: "bad" },
    { path: "M60 680V706", tone: "bad" },
    { path: "M60 800V826", tone: "bad" },
    { path: `M${LEFT} 855H10V195H${LEFT - 4}`, tone: "bad" },
  ],
  labels: [
    { x: 112, y: 124, text: "USDC", tone: "accent", anchor: "start" },
    { x: 252, y: 124, text: "shares", tone: "accent", anchor: "start" },
    { x: 72, y: 276, text: "premiums, out", tone: "good", anchor: "start" },
    { x: 72, y: 295, text: "of trading fees", tone: "good", anchor: "start" },
    { x: 252, y: 285, text: "payout", tone: "bad", anchor: "start" },
    { x: 72, y: 443, text: "a liquidation leaves a deficit", tone: "bad", anchor: "start" },
  ],
};

/** How money moves, as a picture: from left to right where there is room, else from top to bottom. */
export function Flow() {
  return (
    <figure className="flow">
      <Picture drawing={WIDE} title={TITLE} words={WORDS} />
      <Picture drawing={TALL} title={TITLE} words={WORDS} />
    </figure>
  );
}
