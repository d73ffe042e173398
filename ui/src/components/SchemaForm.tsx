/** A form drawn from a JSON schema: what is needed first, the optional rest folded away. */
import { Accordion, NumberInput, PasswordInput, Select, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Fault } from '../api/client';
import type { Field, Schema } from '../api/sources';
import { schemaForm as texts } from '../lib/texts/schemaForm';

type Values = Record<string, unknown>;

export interface CustomField { label: string; value: unknown; error: string | undefined; onChange: (value: unknown) => void }

interface SchemaFormProps {
  schema: Schema;
  secrets: string[];
  values: Values;
  faults: Fault[];
  /** The path before each field in the server's faults. */
  path: string;
  /** Asked at once although optional. */
  leading?: ReadonlySet<string>;
  /** Fields with a form of their own. */
  custom?: Record<string, (field: CustomField) => ReactNode>;
  onChange: (values: Values) => void;
}

const SIMPLE = ['string', 'integer', 'number', 'boolean'];

/** The one shape behind `anyOf` with null and behind references. */
export function plain(field: Field, schema: Schema): Field {
  if (field.$ref) return { ...plain(schema.$defs?.[field.$ref.split('/').pop() ?? ''] ?? {}, schema), ...field, $ref: undefined };
  const inner = field.anyOf?.find((it) => it.type !== 'null');
  return inner ? { ...plain(inner, schema), title: field.title, description: field.description, default: field.default } : field;
}

const isTexts = (field: Field, schema: Schema): boolean => field.type === 'array' && plain(field.items ?? {}, schema).type === 'string';

export function SchemaForm({ schema, secrets, values, faults, path, leading, custom = {}, onChange }: SchemaFormProps) {
  const fieldOf = (name: string) => plain(schema.properties?.[name] ?? {}, schema);
  const names = Object.keys(schema.properties ?? {}).filter((name) => {
    const field = fieldOf(name);
    return name in custom || SIMPLE.includes(field.type ?? '') || field.enum !== undefined || isTexts(field, schema);
  });
  const required = new Set(schema.required ?? []);
  const faultOf = (name: string) => faults.find((fault) => fault.field === `${path}.${name}` || fault.field.startsWith(`${path}.${name}[`))?.message;
  const isLeading = (name: string) => required.has(name) || leading?.has(name) || leading === undefined || faultOf(name) !== undefined || values[name] !== undefined;
  const set = (name: string, value: unknown) => {
    const next = { ...values };
    if (value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0)) delete next[name];
    else next[name] = value;
    onChange(next);
  };
  const draw = (name: string) => {
    const own = custom[name];
    const field = fieldOf(name);
    const label = field.title ?? name;
    const shared = { label, value: values[name], error: faultOf(name), onChange: (value: unknown) => set(name, value) };
    if (own) return <div key={name} style={{ gridColumn: '1 / -1' }}>{own(shared)}</div>;
    return <Input key={name} {...shared} field={field} isSecret={secrets.includes(name)} isRequired={required.has(name)} isTexts={isTexts(field, schema)} />;
  };
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

function Input({ label, field, isSecret, isRequired, isTexts, value, error, onChange }: CustomField & { field: Field; isSecret: boolean; isRequired: boolean; isTexts: boolean }) {
  const fallback = field.default === undefined || field.default === null ? undefined : String(field.default);
  const frame = { label, description: field.description, error, required: isRequired, placeholder: fallback };
  if (isTexts)
    return <TagsInput {...frame} description={field.description ?? texts.list} value={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />;
  if (isSecret)
    return <PasswordInput {...frame} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': texts.show(label) }} />;
  if (field.enum)
    return <Select {...frame} data={field.enum.map(String)} value={value === undefined ? (fallback ?? null) : String(value)} onChange={onChange} />;
  if (field.type === 'boolean')
    return <Switch label={label} description={field.description} checked={Boolean(value ?? field.default)} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (field.type === 'integer' || field.type === 'number')
    return <NumberInput {...frame} value={typeof value === 'number' ? value : ''} allowDecimal={field.type === 'number'}
      onChange={(next) => onChange(next === '' ? undefined : Number(next))} hideControls />;
  return <TextInput {...frame} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />;
}
