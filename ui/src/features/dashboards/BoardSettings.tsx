/** A dashboard's name, words, and the choices it leaves to whoever looks. */
import { ActionIcon, Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { dashboards as texts } from '../../lib/texts/dashboards';
import type { Content, Variable } from './grid';

export function BoardSettings({ content, onApply, onClose }: { content: Content; onApply: (content: Content) => void; onClose: () => void }) {
  const [draft, setDraft] = useState(content);
  const assets = useQuery(assetsQuery).data ?? [];
  const types = [...new Set(assets.map((one) => one.type).filter((type): type is string => type !== null))].sort();
  const set = (index: number, change: Partial<Variable>) => setDraft({ ...draft, variables: draft.variables.map((old, i) => (i === index ? { ...old, ...change } : old)) });
  const fresh: Variable = { name: `asset${draft.variables.length || ''}`, label: '', type: 'asset', asset_type: null, default: null };
  return (
    <Dialog title={texts.boardSettings} size="lg" onClose={onClose}>
      <Stack gap="sm">
        <TextInput label={texts.name} required value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
        <Textarea label={texts.description} autosize minRows={2} value={draft.description} onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })} />
        <Text fw={600} mt="xs">{texts.variables}</Text>
        <Text size="sm" c="dimmed">{texts.variablesHint}</Text>
        {draft.variables.map((variable, index) => (
          <Group key={index} gap="xs" align="flex-end" className="te-inset" p="xs">
            <TextInput w={130} label={texts.variableName} value={variable.name} onChange={(event) => set(index, { name: event.currentTarget.value })} />
            <TextInput w={140} label={texts.variableLabel} value={variable.label} onChange={(event) => set(index, { label: event.currentTarget.value })} />
            <Select w={140} label={texts.variableType} data={types} clearable clearButtonProps={{ 'aria-label': texts.cancel }} value={variable.asset_type} onChange={(asset_type) => set(index, { asset_type })} />
            <Select w={160} label={texts.variableDefault} searchable value={variable.default} onChange={(value) => set(index, { default: value })}
              data={assets.filter((one) => variable.asset_type === null || one.type === variable.asset_type).map((one) => ({ value: one.id, label: one.name }))} />
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${texts.dropVariable}: ${variable.name}`} onClick={() => setDraft({ ...draft, variables: draft.variables.filter((_, i) => i !== index) })}><Icon name="close" /></ActionIcon>
          </Group>
        ))}
        <Group justify="space-between">
          <Button variant="default" leftSection={<Icon name="plus" size={16} />} onClick={() => setDraft({ ...draft, variables: [...draft.variables, fresh] })}>{texts.addVariable}</Button>
          <Button disabled={!draft.name.trim()} onClick={() => onApply(draft)}>{texts.apply}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
