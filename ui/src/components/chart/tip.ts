/** The small window beside the cursor; made of text nodes only, so names are never read as markup. */
import type uPlot from 'uplot';

export interface TipRow {
  colour?: string;
  name: string;
  value?: string;
}

const GAP_PX = 14;

export function makeTip(u: uPlot): (title: string | null, rows: TipRow[]) => void {
  const box = document.createElement('div');
  box.className = 'te-tip';
  box.setAttribute('aria-hidden', 'true');
  box.hidden = true;
  u.over.appendChild(box);
  return (title, rows) => {
    box.hidden = title === null;
    if (title === null) return;
    const head = document.createElement('b');
    head.textContent = title;
    box.replaceChildren(head, ...rows.map(line));
    const left = u.cursor.left ?? 0;
    const top = u.cursor.top ?? 0;
    const isRight = left > u.over.clientWidth / 2;
    box.style.left = isRight ? '' : `${left + GAP_PX}px`;
    box.style.right = isRight ? `${u.over.clientWidth - left + GAP_PX}px` : '';
    box.style.top = `${Math.max(0, Math.min(top, u.over.clientHeight - box.offsetHeight))}px`;
  };
}

function line({ colour, name, value }: TipRow): HTMLElement {
  const row = document.createElement('div');
  const label = document.createElement('span');
  if (colour) {
    const pen = document.createElement('span');
    pen.className = 'te-pen';
    pen.style.background = colour;
    label.append(pen);
  }
  label.append(name);
  row.append(label);
  if (value !== undefined) {
    const figure = document.createElement('b');
    figure.textContent = value;
    row.append(figure);
  }
  return row;
}
