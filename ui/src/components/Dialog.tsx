/** A window above the page: titled, closed by Escape. */
import { ActionIcon, Group, Modal, type ModalProps } from '@mantine/core';
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
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={700} fz="lg" className="te-wrap">{title}</Modal.Title>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={texts.close} onClick={onClose}><Icon name="close" /></ActionIcon>
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
