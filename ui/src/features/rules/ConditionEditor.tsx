/** One condition of any form; groups hold further ones. */
import { ActionIcon, Button, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { assetsQuery } from '../../api/assets';
import { all } from '../../api/client';
import type { Condition, Operator } from '../../api/rules';
import { Icon } from '../../components/Icon';
import { rules as texts } from '../../lib/texts/rules';
import { blank, formOf, type Form } from './sentence';

interface Model { id: string; name: string; version: number; status: string }

export const modelsQuery = { queryKey: ['ml', 'models', 'names'], queryFn: ({ signal }: { signal: AbortSignal }) => all<Model>('/v1/ml/models', {}, signal) };

interface ConditionEditorProps {
  value: Condition;
  /** The path of this condition in the server's faults. */
  path: string;
  faultAt: (field: string) => string | undefined;
  onChange: (value: Condition) => void;
  depth?: number;
}

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const isRange = (operator: Operator | undefined) => operator === 'between' || operator === 'outside';
const TIMES = ['duration_seconds', 'clear_duration_seconds'] as const;

export function ConditionEditor(props: ConditionEditorProps) {
  const { value, path, faultAt, onChange, depth = 0 } = props;
  const form = formOf(value);
  const setForm = (next: Form) => {
    // Times stand on the outermost condition and outlive a change of its form.
    const kept = Object.fromEntries(TIMES.filter((time) => value[time] !== undefined).map((time) => [time, value[time]]));
    onChange({ ...blank(next, value.tag_name), ...kept });
  };
  const forms = depth < 3 ? texts.forms : { threshold: texts.forms.threshold, rate: texts.forms.rate, stale: texts.forms.stale, score: texts.forms.score };
  return (
    <Stack gap="xs">
      <Select label={texts.form} allowDeselect={false} data={options(forms)} value={form} error={faultAt(path)} onChange={(next) => next && setForm(next as Form)} />
      {form === 'all' || form === 'any' ? <Parts {...props} form={form} depth={depth} /> : <Leaf {...props} form={form} />}
    </Stack>
  );
}

function Parts({ value, path, faultAt, onChange, form, depth }: ConditionEditorProps & { form: 'all' | 'any'; depth: number }) {
  const parts = value[form] ?? [];
  const set = (next: Condition[]) => onChange({ ...value, [form]: next });
  return (
    <Stack gap="xs" className="te-parts">
      {parts.map((part, index) => (
        <Group key={index} align="flex-start" wrap="nowrap" className="te-inset" p="xs" role="group" aria-label={texts.part(index + 1)}>
          <div style={{ flex: 1, minWidth: 0 }}>
            <ConditionEditor value={part} path={`${path}.${form}[${index}]`} faultAt={faultAt} depth={depth + 1} onChange={(next) => set(parts.map((old, i) => (i === index ? next : old)))} />
          </div>
          {parts.length > 1 && <ActionIcon variant="subtle" color="gray" aria-label={`${texts.dropPart}: ${texts.part(index + 1)}`} onClick={() => set(parts.filter((_, i) => i !== index))}><Icon name="close" /></ActionIcon>}
        </Group>
      ))}
      <Group><Button size="xs" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => set([...parts, blank('threshold')])}>{texts.addPart}</Button></Group>
    </Stack>
  );
}

function Leaf({ value, path, faultAt, onChange, form }: ConditionEditorProps & { form: Exclude<Form, 'all' | 'any'> }) {
  const assets = useQuery(assetsQuery);
  const models = useQuery({ ...modelsQuery, enabled: form === 'score' });
  const set = (change: Partial<Condition>) => onChange({ ...value, ...change });
  const at = (field: string) => faultAt(`${path}.${field}`);
  const tags = [...new Set([...(assets.data ?? []).flatMap((one) => one.tags.map((tag) => tag.tag_name)), ...(value.tag_name ? [value.tag_name] : [])])].sort();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
      {form === 'score' ? (
        <Select label={texts.model} required searchable error={at('model_id')} value={value.model_id || null} onChange={(id) => set({ model_id: id ?? '' })}
          data={(models.data ?? []).map((model) => ({ value: model.id, label: `${model.name} ${model.version}` }))} />
      ) : (
        <Select label={texts.tag} required searchable data={tags} error={at('tag_name')} value={value.tag_name || null} onChange={(tag) => set({ tag_name: tag ?? '' })} />
      )}
      {form === 'stale' ? (
        <Seconds label={texts.stale} value={value.stale_seconds} error={at('stale_seconds')} min={1} onChange={(seconds) => set({ stale_seconds: seconds ?? 60 })} />
      ) : (
        <Compare value={value} at={at} onChange={onChange} />
      )}
      {form === 'rate' && value.rate_of_change && (
        <>
          <Select label={texts.per} allowDeselect={false} data={options(texts.pers)} value={value.rate_of_change.per} error={at('rate_of_change.per')}
            onChange={(per) => per && value.rate_of_change && set({ rate_of_change: { ...value.rate_of_change, per: per as 'minute' } })} />
          <Seconds label={texts.window} value={value.rate_of_change.window_seconds} error={at('rate_of_change.window_seconds')} min={1}
            onChange={(seconds) => value.rate_of_change && set({ rate_of_change: { ...value.rate_of_change, window_seconds: seconds ?? 60 } })} />
        </>
      )}
      {(form === 'threshold' || form === 'score') && typeof value.value !== 'string' && <Clearing value={value} at={at} onChange={onChange} />}
    </SimpleGrid>
  );
}

interface PartProps { value: Condition; at: (field: string) => string | undefined; onChange: (value: Condition) => void }

function Compare({ value, at, onChange }: PartProps) {
  const limits = Array.isArray(value.value) ? value.value : [value.value ?? 0];
  const setOperator = (operator: Operator) => {
    const low = Number(limits[0]) || 0;
    const next = isRange(operator) ? ([low, Math.max(Number(limits[1] ?? low + 1), low + 1)] as [number, number]) : limits[0];
    onChange({ ...value, operator, value: next });
  };
  const setLimit = (index: number, limit: number | string) => {
    const next = limits.map((old, i) => (i === index ? limit : old));
    onChange({ ...value, value: isRange(value.operator) ? (next as [number, number]) : next[0] });
  };
  const isWord = value.operator === 'eq' || value.operator === 'neq';
  return (
    <>
      <Select label={texts.operator} allowDeselect={false} data={options(texts.operators)} value={value.operator ?? 'gt'} error={at('operator')} onChange={(next) => next && setOperator(next as Operator)} />
      {limits.map((limit, index) => {
        const label = limits.length > 1 ? (index === 0 ? texts.low : texts.high) : texts.value;
        // Equality also takes words, true and false; everything else is a number.
        return isWord ? (
          <TextInput key={index} label={label} value={String(limit)} error={at('value')} onChange={(event) => setLimit(index, asScalar(event.currentTarget.value) as string)} />
        ) : (
          <NumberInput key={index} label={label} value={Number(limit)} error={at('value')} onChange={(next) => setLimit(index, Number(next) || 0)} />
        );
      })}
    </>
  );
}

/** `5` is a number, `true` a truth, the rest a text. */
export function asScalar(text: string): number | boolean | string {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) && String(Number(text)) === text.trim() ? Number(text) : text;
}

function Clearing({ value, at, onChange }: PartProps) {
  const way = value.clear_value !== undefined ? 'clear_value' : value.deadband !== undefined ? 'deadband' : 'limit';
  const { clear_value: _clear, deadband: _band, ...bare } = value;
  const limit = Array.isArray(value.value) ? value.value[0] : Number(value.value) || 0;
  const setWay = (next: string) => onChange(next === 'clear_value' ? { ...bare, clear_value: limit } : next === 'deadband' ? { ...bare, deadband: 0 } : bare);
  return (
    <>
      <Select label={texts.clearing} allowDeselect={false} data={options(texts.clearings)} value={way} onChange={(next) => next && setWay(next)} />
      {way !== 'limit' && <NumberInput label={way === 'deadband' ? texts.deadband : texts.clearValue} value={value[way] ?? 0} error={at(way)} onChange={(next) => onChange({ ...bare, [way]: Number(next) || 0 })} />}
    </>
  );
}

export function Seconds({ label, value, error, min = 0, onChange }: { label: string; value: number | undefined; error: string | undefined; min?: number; onChange: (seconds: number | undefined) => void }) {
  return <NumberInput label={label} min={min} value={value ?? ''} error={error} onChange={(next) => onChange(next === '' ? undefined : Number(next))} />;
}
