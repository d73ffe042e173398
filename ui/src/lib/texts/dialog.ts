export const dialog = { close: 'Close', cancel: 'Cancel' };
