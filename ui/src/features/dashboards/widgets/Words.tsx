/** A text widget and a picture; both show, neither runs, anything. */
import { ScrollArea, Text } from '@mantine/core';
import { dashboards as texts } from '../../../lib/texts/dashboards';
import { blocksOf, type Inline } from './markdown';
import type { BodyProps } from './data';

function Parts({ inline }: { inline: Inline[] }) {
  return inline.map((part, i) => {
    switch (part.kind) {
      case 'bold': return <b key={i}>{part.text}</b>;
      case 'italic': return <i key={i}>{part.text}</i>;
      case 'code': return <code key={i}>{part.text}</code>;
      case 'link': return <a key={i} href={part.href} rel="noopener noreferrer" target={part.href.startsWith('/') ? undefined : '_blank'}>{part.text}</a>;
      default: return part.text;
    }
  });
}

export function Words({ widget }: BodyProps) {
  const blocks = blocksOf(widget.options.text ?? '');
  return (
    <ScrollArea h="100%" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': widget.title || texts.types.text }}>
      <div className="te-words">
        {blocks.map((block, i) => {
          if (block.kind === 'heading') {
            const Tag = `h${block.level + 2}` as 'h3' | 'h4' | 'h5';
            return <Tag key={i}><Parts inline={block.inline} /></Tag>;
          }
          if (block.kind === 'paragraph') return <p key={i}><Parts inline={block.inline} /></p>;
          const List = block.isOrdered ? 'ol' : 'ul';
          return <List key={i}>{block.items.map((item, n) => <li key={n}><Parts inline={item} /></li>)}</List>;
        })}
      </div>
    </ScrollArea>
  );
}

export function Picture({ widget, height }: BodyProps) {
  const { source, alt, fit } = widget.options;
  if (!source) return <Text size="sm" c="dimmed">{texts.pickImage}</Text>;
  return <img src={source} alt={alt ?? ''} style={{ width: '100%', height, objectFit: fit ?? 'contain' }} />;
}
