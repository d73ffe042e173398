/** A form drawn from a protocol's JSON schema; flat settings first, the optional ones folded away. */
import { Accordion, NumberInput, PasswordInput, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import type { Fault } from '../../api/client';
import type { Field, Schema, SourceType } from '../../api/sources';
import { sources as texts } from '../../lib/texts/sources';

interface ConfigFormProps {
  type: SourceType;
  config: Record<string, unknown>;
  faults: Fault[];
  onChange: (config: Record<string, unknown>) => void;
}

const LEADING = new Set(['endpoint', 'host', 'port', 'unit_id', 'broker_url', 'topics', 'username', 'password', 'security_mode', 'security_policy']);

/** The one shape behind `anyOf` with null and behind references. */
export function plain(field: Field, schema: Schema): Field {
  if (field.$ref) return { ...plain(schema.$defs?.[field.$ref.split('/').pop() ?? ''] ?? {}, schema), ...field, $ref: undefined };
  const inner = field.anyOf?.find((it) => it.type !== 'null');
  return inner ? { ...plain(inner, schema), title: field.title, description: field.description, default: field.default } : field;
}

export function ConfigForm({ type, config, faults, onChange }: ConfigFormProps) {
  const names = Object.keys(type.schema.properties ?? {}).filter((name) => {
    const field = plain(type.schema.properties?.[name] ?? {}, type.schema);
    return name === 'topics' || ['string', 'integer', 'number', 'boolean'].includes(field.type ?? '') || field.enum;
  });
  const required = new Set(type.schema.required ?? []);
  const isLeading = (name: string) => required.has(name) || LEADING.has(name) || faults.some((f) => f.field === `config.${name}`);
  const set = (name: string, value: unknown) => {
    const next = { ...config };
    if (value === '' || value === null || value === undefined) delete next[name];
    else next[name] = value;
    onChange(next);
  };
  const draw = (name: string) => (
    <Input
      key={name}
      name={name}
      field={plain(type.schema.properties?.[name] ?? {}, type.schema)}
      isSecret={type.secrets.includes(name)}
      isRequired={required.has(name)}
      value={config[name]}
      error={faults.find((fault) => fault.field === `config.${name}` || fault.field.startsWith(`config.${name}[`))?.message}
      onChange={(value) => set(name, value)}
    />
  );
  const rest = names.filter((name) => !isLeading(name));
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>{names.filter(isLeading).map(draw)}</SimpleGrid>
      {rest.length > 0 && (
        <Accordion mt="md" variant="contained">
          <Accordion.Item value="more">
            <Accordion.Control>{texts.more}</Accordion.Control>
            <Accordion.Panel><SimpleGrid cols={{ base: 1, sm: 2 }}>{rest.map(draw)}</SimpleGrid></Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </>
  );
}

interface InputProps {
  name: string; field: Field; isSecret: boolean; isRequired: boolean; value: unknown; error: string | undefined;
  onChange: (value: unknown) => void;
}

function Input({ name, field, isSecret, isRequired, value, error, onChange }: InputProps) {
  const fallback = field.default === undefined || field.default === null ? undefined : String(field.default);
  const frame = {
    label: name.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase()),
    description: field.description, error, required: isRequired, placeholder: fallback,
  };
  if (name === 'topics')
    return <TextInput {...frame} description={texts.list} value={Array.isArray(value) ? (value as { topic: string }[]).map((it) => it.topic).join(', ') : ''}
      onChange={(event) => onChange(event.currentTarget.value.split(',').map((topic) => ({ topic: topic.trim() })))} />;
  if (isSecret)
    return <PasswordInput {...frame} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} autoComplete="new-password" />;
  if (field.enum)
    return <Select {...frame} data={field.enum.map(String)} value={value === undefined ? (fallback ?? null) : String(value)} onChange={onChange} />;
  if (field.type === 'boolean')
    return <Switch label={frame.label} description={frame.description} checked={Boolean(value ?? field.default)} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (field.type === 'integer' || field.type === 'number')
    return <NumberInput {...frame} value={typeof value === 'number' ? value : ''} allowDecimal={field.type === 'number'}
      onChange={(next) => onChange(next === '' ? undefined : Number(next))} hideControls />;
  return <TextInput {...frame} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />;
}
