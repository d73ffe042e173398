/** Ctrl K: type a few letters of a page, asset, dashboard, rule or source, and go there. */
import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { assetsQuery } from '../../api/assets';
import { all } from '../../api/client';
import { sourcesQuery } from '../../api/sources';
import { Dialog } from '../../components/Dialog';
import { Icon, type IconName } from '../../components/Icon';
import { shell } from '../../lib/texts/shell';

const texts = shell.palette;

interface Target { kind: keyof typeof texts.kinds; name: string; detail: string; href: string; icon: IconName }
interface Named { id: string; name: string }

const SHOWN = 40;

/** Whether the letters of the question come in this order in the name; lower is better. */
export function fit(name: string, question: string): number | null {
  const text = name.toLowerCase();
  const at = text.indexOf(question);
  if (at >= 0) return at === 0 ? 0 : /[\s_.-]/.test(text[at - 1] ?? '') ? 1 : 2;
  let from = 0;
  for (const letter of question) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return null;
  }
  return 3;
}

interface PaletteProps { pages: readonly (readonly [string, string, IconName])[]; onClose: () => void }

function useTargets(pages: readonly (readonly [string, string, IconName])[]): Target[] {
  const assets = useQuery(assetsQuery).data ?? [];
  const sources = useQuery(sourcesQuery).data ?? [];
  const boards = useQuery({ queryKey: ['dashboards'], queryFn: ({ signal }) => all<Named>('/v1/dashboards', {}, signal) }).data ?? [];
  const rules = useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => all<Named>('/v1/alert-rules', {}, signal) }).data ?? [];
  const of = (kind: Target['kind'], icon: IconName, path: (id: string) => string) => (it: Named) =>
    ({ kind, icon, name: it.name, detail: it.id, href: path(encodeURIComponent(it.id)) });
  return [
    ...pages.map(([href, name, icon]): Target => ({ kind: 'page', name, detail: '', href, icon })),
    ...assets.map(of('asset', 'assets', (id) => `/assets/${id}`)),
    ...boards.map(of('dashboard', 'dashboards', (id) => `/dashboards?id=${id}`)),
    ...rules.map(of('rule', 'rules', (id) => `/rules?id=${id}`)),
    ...sources.map(of('source', 'sources', (id) => `/sources/${id}`)),
  ];
}

export function Palette({ pages, onClose }: PaletteProps) {
  const router = useRouter();
  const targets = useTargets(pages);
  const [question, setQuestion] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const asked = question.trim().toLowerCase();
  const found = targets
    .map((target) => ({ target, rank: asked ? Math.min(fit(target.name, asked) ?? 9, fit(target.detail, asked) ?? 9) : 0 }))
    .filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ target }) => target);
  useEffect(() => {
    document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, list]);
  const go = (target: Target | undefined) => {
    if (!target) return;
    onClose();
    router.history.push(target.href);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') go(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={texts.title} onClose={onClose} size="lg">
      <TextInput data-autofocus aria-label={texts.label} placeholder={texts.label} leftSection={<Icon name="search" size={16} />}
        value={question} onKeyDown={onKey} onChange={(event) => { setQuestion(event.currentTarget.value); setAt(0); }}
        role="combobox" aria-expanded aria-controls={list} aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined} />
      <div role="listbox" id={list} aria-label={texts.title} tabIndex={0} style={{ maxHeight: '55vh', overflow: 'auto', marginTop: 8 }}>
          {found.map((target, i) => (
            <div key={`${target.kind} ${target.href}`} id={`${list}-${i}`} role="option" aria-selected={i === at} className="te-option"
              onMouseMove={() => setAt(i)} onClick={() => go(target)}>
              <Icon name={target.icon} size={16} />
              <Text span size="sm" className="te-wrap" style={{ flex: 1 }}>{target.name}</Text>
              <Text span size="xs" c="dimmed">{texts.kinds[target.kind]}</Text>
            </div>
          ))}
      </div>
      {found.length === 0 && <Text size="sm" c="dimmed" role="status" p="sm">{texts.none}</Text>}
    </Dialog>
  );
}
