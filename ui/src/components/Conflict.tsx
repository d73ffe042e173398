/** Said when somebody else saved first: both ways on, and nothing typed is lost. */
import { Button, Group, Text } from '@mantine/core';
import { errors as texts } from '../lib/texts/errors';

interface ConflictProps {
  /** Such as "this dashboard". */
  what: string;
  onOverwrite: () => void;
  onTheirs: () => void;
}

export function Conflict({ what, onOverwrite, onTheirs }: ConflictProps) {
  return (
    <Group role="alert" className="te-panel" p="sm">
      <Text className="te-wrap">{texts.conflict(what)}</Text>
      <Button variant="default" onClick={onOverwrite}>{texts.overwrite}</Button>
      <Button variant="default" onClick={onTheirs}>{texts.theirs}</Button>
    </Group>
  );
}
