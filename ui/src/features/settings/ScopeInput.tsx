/** Which alarms something applies to; empty lists are any. */
import { MultiSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { SEVERITIES, type Severity } from '../../api/alerts';
import { assetsQuery } from '../../api/assets';
import type { AlertScope } from '../../api/notifications';
import { rulesQuery } from '../../api/rules';
import { sourcesQuery } from '../../api/sources';
import { settings as texts } from '../../lib/texts/settings';

export const EVERYTHING: AlertScope = { severities: [], asset_ids: [], data_source_ids: [], rule_ids: [] };

/** What exists, and what is named though it does not exist any more. */
const choices = (found: { id: string; name: string }[] | undefined, named: string[]) => [
  ...(found ?? []).map((one) => ({ value: one.id, label: one.name })),
  ...named.filter((id) => !found?.some((one) => one.id === id)).map((id) => ({ value: id, label: id })),
];

export function ScopeInput({ value, onChange }: { value: AlertScope; onChange: (value: AlertScope) => void }) {
  const assets = useQuery(assetsQuery);
  const sources = useQuery(sourcesQuery);
  const rules = useQuery(rulesQuery);
  return (
    <Stack gap="xs" className="te-inset" p="sm">
      <Text size="sm" fw={600}>{texts.scope}</Text>
      <Text size="xs" c="dimmed">{texts.scopeHint}</Text>
      <MultiSelect label={texts.severities} data={SEVERITIES} value={value.severities} onChange={(severities) => onChange({ ...value, severities: severities as Severity[] })} />
      <MultiSelect label={texts.assets} searchable data={choices(assets.data, value.asset_ids)} value={value.asset_ids} onChange={(asset_ids) => onChange({ ...value, asset_ids })} />
      <MultiSelect label={texts.sources} searchable data={choices(sources.data, value.data_source_ids)} value={value.data_source_ids} onChange={(data_source_ids) => onChange({ ...value, data_source_ids })} />
      <MultiSelect label={texts.rules} searchable data={choices(rules.data, value.rule_ids)} value={value.rule_ids} onChange={(rule_ids) => onChange({ ...value, rule_ids })} />
    </Stack>
  );
}

/** A scope in words. */
export function scopeWords(scope: AlertScope): string {
  const parts = [...scope.severities, ...scope.asset_ids, ...scope.data_source_ids, ...scope.rule_ids];
  return parts.length === 0 ? texts.all : parts.join(', ');
}
