/** A window above the page: titled, closed by Escape, and a question before what cannot be undone. */
import { ActionIcon, Button, Group, Modal, Stack, Text, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { dialog as texts } from '../lib/texts/dialog';
import { Icon } from './Icon';

interface DialogProps {
  title: string;
  onClose: () => void;
  size?: ModalProps['size'];
  children: ReactNode;
}

/** Mantine's own header is a second banner landmark, so the title is drawn here. */
export function Dialog({ title, onClose, size = 'md', children }: DialogProps) {
  return (
    <Modal.Root opened onClose={onClose} size={size} yOffset="8vh">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Group justify="space-between" wrap="nowrap" mb="sm" pt="md">
            <Modal.Title fw={700} fz="lg" className="te-wrap">{title}</Modal.Title>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={texts.close} onClick={onClose}><Icon name="close" /></ActionIcon>
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}

export function Confirm({ title, children, action, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack>
        {typeof children === 'string' ? <Text className="te-wrap">{children}</Text> : children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>{texts.cancel}</Button>
          <Button onClick={onConfirm}>{action}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
