/** The topics of an MQTT source, and where in their messages the values are. */
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Icon } from '../../components/Icon';
import { sources } from '../../lib/texts/sources';

const texts = sources.topics;

interface Topic { topic: string; value_path?: string; timestamp_path?: string; quality_path?: string; asset_id?: string; tag_name?: string; [name: string]: unknown }

const FIELDS = ['value_path', 'timestamp_path', 'asset_id', 'tag_name'] as const;

export function TopicsInput({ value, error, onChange }: { value: unknown; error: string | undefined; onChange: (value: unknown) => void }) {
  const topics = Array.isArray(value) ? (value as Topic[]) : [];
  const set = (index: number, name: keyof Topic, text: string) => {
    const { [name]: _, ...rest } = topics[index] ?? { topic: '' };
    const next = (text || name === 'topic' ? { ...rest, [name]: text } : rest) as Topic;
    onChange(topics.map((old, i) => (i === index ? next : old)));
  };
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>{texts.title}</Text>
      <Text size="xs" c="dimmed">{texts.hint}</Text>
      {topics.map((topic, index) => (
        <Group key={index} gap="xs" align="flex-end" className="te-inset" p="xs">
          <TextInput style={{ flex: '2 1 220px' }} label={texts.topic} placeholder="plant/{asset_id}/{tag_name}" value={topic.topic} onChange={(event) => set(index, 'topic', event.currentTarget.value)} />
          {FIELDS.map((field) => <TextInput key={field} style={{ flex: '1 1 110px' }} label={texts[field]} value={topic[field] ?? ''} onChange={(event) => set(index, field, event.currentTarget.value)} />)}
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${texts.drop} ${index + 1}`} onClick={() => onChange(topics.filter((_, i) => i !== index))}><Icon name="close" /></ActionIcon>
        </Group>
      ))}
      {error && <Text size="xs" role="alert" style={{ color: 'var(--te-critical)' }}>{error}</Text>}
      <Group><Button size="xs" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => onChange([...topics, { topic: '' }])}>{texts.add}</Button></Group>
    </Stack>
  );
}
