/** A small, safe part of Markdown as data: nothing in it can become markup of another kind. */
export type Inline = { kind: 'text' | 'bold' | 'italic' | 'code'; text: string } | { kind: 'link'; text: string; href: string };
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; inline: Inline[] }
  | { kind: 'paragraph'; inline: Inline[] }
  | { kind: 'list'; isOrdered: boolean; items: Inline[][] };

const INLINE = /\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;
/** Addresses a text may lead to: other sites by their protocol, and our own pages. */
const SAFE = /^(https?:\/\/|\/(?!\/))/i;

export function inlineOf(line: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of line.matchAll(INLINE)) {
    if (match.index > from) parts.push({ kind: 'text', text: line.slice(from, match.index) });
    const [whole, bold, italic, code, label, href] = match;
    if (bold !== undefined) parts.push({ kind: 'bold', text: bold });
    else if (italic !== undefined) parts.push({ kind: 'italic', text: italic });
    else if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (label !== undefined && href !== undefined && SAFE.test(href)) parts.push({ kind: 'link', text: label, href });
    else parts.push({ kind: 'text', text: whole });
    from = match.index + whole.length;
  }
  if (from < line.length) parts.push({ kind: 'text', text: line.slice(from) });
  return parts;
}

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let isOpen = false;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^(#{1,3})\s+(.*)$/.exec(line);
    const item = /^\s*(?:([-*])|\d+[.)])\s+(.*)$/.exec(line);
    const last = blocks.at(-1);
    if (!line.trim()) isOpen = false;
    else if (heading) {
      blocks.push({ kind: 'heading', level: (heading[1]?.length ?? 1) as 1 | 2 | 3, inline: inlineOf(heading[2] ?? '') });
      isOpen = false;
    } else if (item) {
      const isOrdered = item[1] === undefined;
      if (isOpen && last?.kind === 'list' && last.isOrdered === isOrdered) last.items.push(inlineOf(item[2] ?? ''));
      else blocks.push({ kind: 'list', isOrdered, items: [inlineOf(item[2] ?? '')] });
      isOpen = true;
    } else if (isOpen && last?.kind === 'paragraph') last.inline.push({ kind: 'text', text: '\n' }, ...inlineOf(line));
    else {
      blocks.push({ kind: 'paragraph', inline: inlineOf(line) });
      isOpen = true;
    }
  }
  return blocks;
}
