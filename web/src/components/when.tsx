import { duration, isoTime, localTime, utcTime } from "@/format/time";
import { useChainTime } from "@/time/chain_time";

/** A moment: local time, UTC on hover. */
export function When({ seconds }: { seconds: number }) {
  return (
    <time dateTime={isoTime(seconds)} title={utcTime(seconds)} data-value="">
      {localTime(seconds)}
    </time>
  );
}

/** How long ago a moment of the chain was. */
export function Ago({ seconds }: { seconds: number }) {
  const now = useChainTime();
  const text = now === null ? localTime(seconds) : `${duration(now - seconds)} ago`;
  return (
    <time dateTime={isoTime(seconds)} title={`${localTime(seconds)} — ${utcTime(seconds)}`} data-value="">
      {text}
    </time>
  );
}

/** Time left until a moment of the chain, counting down; `done` when it has passed. */
export function Countdown({ seconds, done }: { seconds: number; done: string }) {
  const now = useChainTime();
  if (now === null) return <When seconds={seconds} />;
  return (
    <time dateTime={isoTime(seconds)} title={`${localTime(seconds)} — ${utcTime(seconds)}`} data-value="">
      {now >= seconds ? done : `in ${duration(seconds - now)}`}
    </time>
  );
}
