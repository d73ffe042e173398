/** A widget's settings, and its place in numbers for those who do not drag. */
import { Button, FileInput, Group, Modal, MultiSelect, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { dashboards as texts } from '../../lib/texts/dashboards';
import type { Options, Place, Variable, Widget } from './grid';

interface WidgetEditorProps {
  widget: Widget;
  variables: Variable[];
  onApply: (widget: Widget) => string | null;
  onClose: () => void;
}

const SEPARATOR = '\u001f';
const WITH_TAG = new Set(['value', 'gauge', 'model_score']);
const WITH_PENS = new Set(['trend', 'state_timeline']);
const PLACE = ['x', 'y', 'w', 'h'] as const satisfies readonly (keyof Place)[];

export function WidgetEditor({ widget, variables, onApply, onClose }: WidgetEditorProps) {
  const [draft, setDraft] = useState(widget);
  const [fault, setFault] = useState<string | null>(null);
  const assets = useQuery(assetsQuery);
  const options = draft.options;
  const set = (change: Options) => setDraft({ ...draft, options: { ...options, ...change } });
  const known = (assets.data ?? []).flatMap((asset) =>
    asset.tags.map((tag) => ({ value: asset.id + SEPARATOR + tag.tag_name, label: `${asset.name} · ${tag.tag_name}` })),
  );
  const names = [
    ...variables.map((variable) => ({ value: `\${${variable.name}}`, label: variable.label || variable.name })),
    ...(assets.data ?? []).map((asset) => ({ value: asset.id, label: asset.name })),
  ];
  const read = (text: string) => {
    const [asset_id = '', tag_name = ''] = text.split(SEPARATOR);
    return { asset_id, tag_name };
  };
  const written = (pen: { asset_id?: unknown; tag_name?: unknown }) => `${String(pen.asset_id)}${SEPARATOR}${String(pen.tag_name)}`;

  return (
    <Modal opened onClose={onClose} title={texts.types[widget.type]} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <Stack gap="sm">
        <TextInput label={texts.widgetTitle} value={draft.title} onChange={(e) => setDraft({ ...draft, title: e.currentTarget.value })} data-autofocus />
        {WITH_TAG.has(widget.type) && (
          <Select label={texts.tag} searchable data={known} value={options.tag_name ? written(options) : null} onChange={(v) => v && set(read(v))} />
        )}
        {WITH_PENS.has(widget.type) && (
          <MultiSelect label={texts.tags} searchable data={known} value={(options.series ?? []).map(written)} onChange={(v) => set({ series: v.map(read) })} />
        )}
        {(widget.type === 'table' || widget.type === 'alert_list') && (
          <Select label={texts.asset} searchable clearable={widget.type === 'alert_list'} data={names} value={options.asset_id ?? null} onChange={(v) => set({ asset_id: v })} />
        )}
        {'window_seconds' in options && (
          <NumberInput label={texts.window} min={1} value={options.window_seconds ?? 3600} onChange={(v) => set({ window_seconds: Number(v) || 3600 })} />
        )}
        {widget.type === 'gauge' && (
          <Group grow>
            <NumberInput label={texts.min} value={options.min ?? 0} onChange={(v) => set({ min: Number(v) })} />
            <NumberInput label={texts.max} value={options.max ?? 100} onChange={(v) => set({ max: Number(v) })} />
          </Group>
        )}
        {widget.type === 'text' && (
          <Textarea label={texts.text} autosize minRows={4} value={options.text ?? ''} onChange={(e) => set({ text: e.currentTarget.value })} />
        )}
        {widget.type === 'image' && (
          <>
            <FileInput label={texts.image} accept="image/*" onChange={(file) => {
              if (!file) return;
              const reader = new FileReader();
              reader.onload = () => set({ source: String(reader.result) });
              reader.readAsDataURL(file);
            }} />
            <TextInput label={texts.alt} value={options.alt ?? ''} onChange={(e) => set({ alt: e.currentTarget.value })} />
          </>
        )}
        <Group grow>
          {PLACE.map((name) => (
            <NumberInput key={name} label={name.toUpperCase()} min={0} value={draft[name]} onChange={(v) => setDraft({ ...draft, [name]: Number(v) || 0 })} />
          ))}
        </Group>
        {fault && <Text role="alert" size="sm">{fault}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{texts.cancel}</Button>
          <Button onClick={() => setFault(onApply(draft))}>{texts.apply}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
