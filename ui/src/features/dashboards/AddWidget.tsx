/** The palette: every kind of widget with a picture and a word on what it is for. */
import { SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { Dialog } from '../../components/Dialog';
import { dashboards as texts } from '../../lib/texts/dashboards';
import type { WidgetType } from './grid';
import { WidgetPicture } from './Picture';
import { FRESH } from './widgets';

export function AddWidget({ onAdd, onClose }: { onAdd: (type: WidgetType) => void; onClose: () => void }) {
  return (
    <Dialog title={texts.addTitle} size="lg" onClose={onClose}>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="xs">
        {(Object.keys(FRESH) as WidgetType[]).map((type) => (
          <UnstyledButton key={type} className="te-inset te-kind" onClick={() => onAdd(type)}>
            <WidgetPicture type={type} />
            <Text size="sm" fw={600}>{texts.types[type]}</Text>
            <Text size="xs" c="dimmed">{texts.about[type]}</Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Dialog>
  );
}
