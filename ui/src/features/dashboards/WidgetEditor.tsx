/** A widget's settings, and its place in numbers for those who do not drag. */
import { ActionIcon, Button, FileInput, Group, MultiSelect, NumberInput, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SEVERITIES } from '../../api/alerts';
import { assetsQuery } from '../../api/assets';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { dashboards as texts } from '../../lib/texts/dashboards';
import type { Options, Place, Variable, Widget } from './grid';

interface WidgetEditorProps {
  widget: Widget;
  variables: Variable[];
  /** Answers why the widget cannot be like that. */
  onApply: (widget: Widget) => string | null;
  onClose: () => void;
}

type Set = (change: Options) => void;

const SEPARATOR = '\u001f';
const WITH_TAG = new Set(['value', 'gauge', 'model_score']);
const WITH_PENS = new Set(['trend', 'state_timeline']);
const PLACE = ['x', 'y', 'w', 'h'] as const satisfies readonly (keyof Place)[];
const IMAGE_MAX = 500_000;
const MINUTE_S = 60;
const read = (text: string) => {
  const [asset_id = '', tag_name = ''] = text.split(SEPARATOR);
  return { asset_id, tag_name };
};
const written = (pen: { asset_id?: unknown; tag_name?: unknown }) => `${String(pen.asset_id)}${SEPARATOR}${String(pen.tag_name)}`;
const maybe = (value: number | string): number | null => (value === '' ? null : Number(value));

/** Tags to choose from: of variables first, then of every asset. */
function useTags(variables: Variable[]) {
  const assets = useQuery(assetsQuery).data ?? [];
  const ofVariables = variables.flatMap((variable) => {
    const fitting = assets.filter((one) => variable.asset_type === null || one.type === variable.asset_type);
    const names = [...new Set(fitting.flatMap((one) => one.tags.map((tag) => tag.tag_name)))].sort();
    return names.map((tag) => ({ value: `\${${variable.name}}${SEPARATOR}${tag}`, label: texts.ofVariable(variable.label || variable.name, tag) }));
  });
  const ofAssets = assets.flatMap((one) => one.tags.map((tag) => ({ value: one.id + SEPARATOR + tag.tag_name, label: `${one.name} · ${tag.tag_name}` })));
  const owners = [
    ...variables.map((variable) => ({ value: `\${${variable.name}}`, label: variable.label || variable.name })),
    ...assets.map((one) => ({ value: one.id, label: one.name })),
  ];
  return { tags: [...ofVariables, ...ofAssets], owners, assets };
}

export function WidgetEditor({ widget, variables, onApply, onClose }: WidgetEditorProps) {
  const [draft, setDraft] = useState(widget);
  const [fault, setFault] = useState<string | null>(null);
  const { tags, owners, assets } = useTags(variables);
  const { options, type } = draft;
  const set: Set = (change) => setDraft({ ...draft, options: { ...options, ...change } });
  // A stored pen whose tag is gone still has a name.
  const pens = (options.series ?? []).map(written);
  const known = [...tags, ...pens.filter((pen) => !tags.some((one) => one.value === pen)).map((pen) => ({ value: pen, label: Object.values(read(pen)).join(' · ') }))];
  const owned = assets.find((one) => one.id === options.asset_id)?.tags ?? [];
  return (
    <Dialog title={texts.types[type]} onClose={onClose} size="lg">
      <Stack gap="sm">
        <TextInput label={texts.widgetTitle} description={texts.titleHint} value={draft.title} onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value })} data-autofocus />
        {WITH_TAG.has(type) && <Select label={texts.tag} searchable required data={tags} value={options.tag_name ? written(options) : null} onChange={(value) => value && set(read(value))} limit={300} />}
        {WITH_PENS.has(type) && <MultiSelect label={texts.tags} searchable required data={known} value={pens} onChange={(value) => set({ series: value.map(read) })} limit={300} />}
        {(type === 'table' || type === 'alert_list') && (
          <Select label={texts.asset} searchable clearable={type === 'alert_list'} clearButtonProps={{ 'aria-label': texts.cancel }} data={owners} value={options.asset_id ?? null} onChange={(asset_id) => set({ asset_id })} />
        )}
        {type === 'table' && owned.length > 0 && <MultiSelect label={texts.onlyTags} searchable data={owned.map((tag) => tag.tag_name)} value={options.tag_names ?? []} onChange={(tag_names) => set({ tag_names })} />}
        {'window_seconds' in options && <NumberInput label={texts.window} min={1} value={(options.window_seconds ?? 3600) / MINUTE_S} onChange={(value) => set({ window_seconds: Math.max(Math.round((Number(value) || 60) * MINUTE_S), 1) })} />}
        {type === 'trend' && <TrendOptions options={options} set={set} />}
        {(type === 'value' || type === 'gauge') && <NumberOptions options={options} set={set} isGauge={type === 'gauge'} />}
        {type === 'model_score' && <NumberInput label={texts.threshold} min={0} max={1} step={0.05} value={options.threshold ?? 0.5} onChange={(value) => set({ threshold: Number(value) || 0 })} />}
        {type === 'alert_list' && (
          <>
            <MultiSelect label={texts.severities} data={SEVERITIES} value={options.severities ?? []} onChange={(severities) => set({ severities })} />
            <MultiSelect label={texts.statuses} data={Object.entries(texts.statusNames).map(([value, label]) => ({ value, label }))} value={options.statuses ?? ['active', 'acknowledged']} onChange={(statuses) => set({ statuses })} />
            <NumberInput label={texts.limit} min={1} max={100} value={options.limit ?? 20} onChange={(value) => set({ limit: Number(value) || 20 })} />
          </>
        )}
        {type === 'text' && <Textarea label={texts.text} description={texts.textHint} autosize minRows={5} maxRows={18} value={options.text ?? ''} onChange={(event) => set({ text: event.currentTarget.value })} />}
        {type === 'image' && <ImageOptions options={options} set={set} onFault={setFault} />}
        <Group grow>
          {PLACE.map((name) => <NumberInput key={name} label={texts.place[name]} min={0} value={draft[name]} onChange={(value) => setDraft({ ...draft, [name]: Number(value) || 0 })} />)}
        </Group>
        {fault && <Text role="alert" size="sm">{fault}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{texts.cancel}</Button>
          <Button onClick={() => setFault(onApply(draft))}>{texts.apply}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function TrendOptions({ options, set }: { options: Options; set: Set }) {
  const limits = options.thresholds ?? [];
  const put = (index: number, change: object) => set({ thresholds: limits.map((old, i) => (i === index ? { ...old, ...change } : old)) });
  return (
    <>
      {limits.map((limit, index) => (
        <Group key={index} gap="xs" align="flex-end">
          <NumberInput style={{ flex: 1 }} label={texts.threshold} value={limit.value} onChange={(value) => put(index, { value: Number(value) || 0 })} />
          <Select w={140} label={texts.severity} allowDeselect={false} data={SEVERITIES} value={limit.severity ?? 'warning'} onChange={(severity) => put(index, { severity: severity ?? 'warning' })} />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${texts.dropThreshold} ${index + 1}`} onClick={() => set({ thresholds: limits.filter((_, i) => i !== index) })}><Icon name="close" /></ActionIcon>
        </Group>
      ))}
      <Group><Button size="xs" variant="default" onClick={() => set({ thresholds: [...limits, { value: 0, severity: 'warning' }] })}>{texts.addThreshold}</Button></Group>
    </>
  );
}

function NumberOptions({ options, set, isGauge }: { options: Options; set: Set; isGauge: boolean }) {
  return (
    <>
      {isGauge && (
        <Group grow>
          <NumberInput label={texts.min} value={options.min ?? 0} onChange={(value) => set({ min: Number(value) || 0 })} />
          <NumberInput label={texts.max} value={options.max ?? 100} onChange={(value) => set({ max: Number(value) || 0 })} />
          <NumberInput label={texts.normalMin} value={options.normal_min ?? ''} onChange={(value) => set({ normal_min: maybe(value) })} />
          <NumberInput label={texts.normalMax} value={options.normal_max ?? ''} onChange={(value) => set({ normal_max: maybe(value) })} />
        </Group>
      )}
      <NumberInput label={texts.decimals} placeholder={texts.auto} min={0} max={9} value={options.decimals ?? ''} onChange={(value) => set({ decimals: maybe(value) })} />
      {!isGauge && <Switch label={texts.sparkline} checked={options.sparkline !== false} onChange={(event) => set({ sparkline: event.currentTarget.checked })} />}
    </>
  );
}

function ImageOptions({ options, set, onFault }: { options: Options; set: Set; onFault: (fault: string | null) => void }) {
  const take = (file: File | null) => {
    onFault(file && file.size > IMAGE_MAX ? texts.tooLarge : null);
    if (!file || file.size > IMAGE_MAX) return;
    const reader = new FileReader();
    reader.onload = () => set({ source: String(reader.result) });
    reader.readAsDataURL(file);
  };
  return (
    <>
      <FileInput label={texts.image} description={texts.imageHint} accept="image/png,image/jpeg,image/gif,image/webp,image/svg+xml" onChange={take} />
      <TextInput label={texts.alt} value={options.alt ?? ''} onChange={(event) => set({ alt: event.currentTarget.value })} />
      <Select label={texts.fit} allowDeselect={false} data={Object.entries(texts.fits).map(([value, label]) => ({ value, label }))} value={options.fit ?? 'contain'} onChange={(fit) => set({ fit: (fit ?? 'contain') as 'contain' })} />
    </>
  );
}
