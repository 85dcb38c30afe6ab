import { useId } from "react";
import "./picture.css";

type Tone = "plain" | "accent" | "good" | "bad";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  lines: readonly string[];
  tone?: Tone;
  /** Its place in the order of who pays. */
  order?: string;
}

export interface Arrow {
  path: string;
  tone: Tone;
}

export interface Label {
  x: number;
  y: number;
  text: string;
  tone?: Tone;
  anchor?: "start" | "middle" | "end";
}

export interface Drawing {
  name: "wide" | "tall";
  width: number;
  height: number;
  boxes: readonly Box[];
  arrows: readonly Arrow[];
  labels: readonly Label[];
}

interface PictureProps {
  drawing: Drawing;
  title: string;
  /** The whole picture in words. */
  words: string;
}

const INSET = 16;
const TITLE_AT = 30;
const LINE = 19;
const TONES: readonly Tone[] = ["plain", "accent", "good", "bad"];

/** Boxes, arrows and labels in the colours of the theme; one image with a text for those who don't see it. */
export function Picture({ drawing, title, words }: PictureProps) {
  const id = useId();
  return (
    <svg
      className="picture"
      data-drawing={drawing.name}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      role="img"
      aria-labelledby={`${id}title ${id}words`}
    >
      <title id={`${id}title`}>{title}</title>
      <desc id={`${id}words`}>{words}</desc>
      <defs>
        {TONES.map((tone) => (
          <marker
            key={tone}
            id={`${id}${tone}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 10 5 0 10z" data-tone={tone} className="tip" />
          </marker>
        ))}
      </defs>
      {drawing.arrows.map(({ path, tone }) => (
        <path key={path} d={path} data-tone={tone} className="arrow" markerEnd={`url(#${id}${tone})`} />
      ))}
      {drawing.boxes.map((box) => (
        <Drawn key={`${box.x} ${box.y}`} box={box} />
      ))}
      {drawing.labels.map(({ x, y, text, tone = "plain", anchor = "middle" }) => (
        <text key={text} x={x} y={y} textAnchor={anchor} data-tone={tone} className="label">
          {text}
        </text>
      ))}
    </svg>
  );
}

function Drawn({ box: { x, y, width, height, title, lines, tone = "plain", order } }: { box: Box }) {
  const left = x + INSET;
  return (
    <g data-tone={tone} className="box">
      <rect x={x + 1} y={y + 1} width={width - 2} height={height - 2} rx="10" />
      {order && (
        <>
          <circle cx={left + 10} cy={y + TITLE_AT - 5} r="11" />
          <text x={left + 10} y={y + TITLE_AT} textAnchor="middle" className="order">
            {order}
          </text>
        </>
      )}
      <text x={order ? left + 28 : left} y={y + TITLE_AT} className="name">
        {title}
      </text>
      {lines.map((line, at) => (
        <text key={line} x={left} y={y + TITLE_AT + 5 + LINE * (at + 1)} className="words">
          {line}
        </text>
      ))}
    </g>
  );
}
