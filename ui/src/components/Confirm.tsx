/** Asks before something is lost. The button names the deed; what the server refuses is shown here. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { values as texts } from '../lib/texts/values';
import { Dialog } from './Dialog';
import { Failure } from './Feedback';

interface ConfirmProps {
  title: string;
  action: string;
  children: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
}

export function Confirm({ title, action, children, isOpen, onClose, onConfirm }: ConfirmProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const confirm = async () => {
    setIsBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    } finally {
      setIsBusy(false);
    }
  };
  if (!isOpen) return null;
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack>
        <Text component="div" className="te-wrap">{children}</Text>
        {error && <Failure error={error} />}
        <Group justify="end">
          <Button variant="default" onClick={onClose} data-autofocus>{texts.keep}</Button>
          <Button loading={isBusy} onClick={() => void confirm()}>{action}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
