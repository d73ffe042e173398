/** What people call an asset, what it is, what it is part of, and the units of its tags. */
import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { assetsQuery, changeAsset, type Asset } from '../../api/assets';
import { ApiError } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { Failure } from '../../components/Feedback';
import { assets as texts } from '../../lib/texts/assets';

export function EditAsset({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const client = useQueryClient();
  const every = useQuery(assetsQuery);
  // What the fields were made of: the page may have read a newer one meanwhile.
  const [begun] = useState(asset.version);
  const [name, setName] = useState(asset.name);
  const [description, setDescription] = useState(asset.description);
  const [type, setType] = useState(asset.type ?? '');
  const [parent, setParent] = useState(asset.parent);
  const [units, setUnits] = useState<Record<string, string>>({});
  const [error, setError] = useState<Error | null>(null);
  const at = (field: string) => (error instanceof ApiError ? error.at(field) : undefined);
  const save = async () => {
    const changed = Object.fromEntries(Object.entries(units).map(([tag, unit]) => [tag, unit.trim() || null]));
    try {
      await changeAsset(asset.id, { name: name.trim(), description, type: type.trim() || null, parent, ...(Object.keys(changed).length > 0 ? { units: changed } : {}) }, begun);
      await client.invalidateQueries({ queryKey: ['assets'] });
      onClose();
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  return (
    <Dialog title={texts.editTitle(asset.name)} onClose={onClose} size="lg">
      <Stack component="form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={texts.name} required maxLength={200} value={name} error={at('name')} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
          <TextInput label={texts.type} maxLength={200} value={type} error={at('type')} onChange={(event) => setType(event.currentTarget.value)} />
        </SimpleGrid>
        <Select label={texts.parent} searchable clearable clearButtonProps={{ 'aria-label': texts.parent }} value={parent} error={at('parent')} onChange={setParent}
          data={(every.data ?? []).filter((it) => it.id !== asset.id).map((it) => ({ value: it.id, label: it.name }))} />
        <Textarea label={texts.description} autosize minRows={2} maxLength={4000} value={description} error={at('description')} onChange={(event) => setDescription(event.currentTarget.value)} />
        {asset.tags.length > 0 && (
          <div>
            <Text fw={500} size="sm" mb={4}>{texts.units}</Text>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" className="te-scroll" tabIndex={0} role="region" aria-label={texts.units}>
              {asset.tags.map((tag) => (
                <TextInput key={tag.tag_name} size="xs" label={tag.tag_name} maxLength={64} value={units[tag.tag_name] ?? tag.unit ?? ''} error={at(`units.${tag.tag_name}`)}
                  onChange={(event) => { const value = event.currentTarget.value; setUnits((before) => ({ ...before, [tag.tag_name]: value })); }} />
              ))}
            </SimpleGrid>
          </div>
        )}
        {error && <Failure error={error} />}
        <Group justify="end"><Button variant="default" onClick={onClose}>{texts.cancel}</Button><Button type="submit" disabled={name.trim() === ''}>{texts.save}</Button></Group>
      </Stack>
    </Dialog>
  );
}
