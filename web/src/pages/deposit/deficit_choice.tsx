import { explain } from "@/api/problem";
import { Notice } from "@/components/states";

interface DeficitChoiceProps {
  error: Error | null;
  isAccepted: boolean;
  onChange: (isAccepted: boolean) => void;
}

/** A deposit just before a known loss is booked: possible, but never by accident. */
export function DeficitChoice({ error, isAccepted, onChange }: DeficitChoiceProps) {
  return (
    <Notice tone="warn" title="A known loss would take a part of this deposit at once">
      {error && <p>{explain(error).advice}</p>}
      <label className="choice">
        <input type="checkbox" checked={isAccepted} onChange={(event) => onChange(event.target.checked)} />
        Deposit all the same
      </label>
    </Notice>
  );
}
