export const schemaForm = { more: 'More settings', list: 'Enter after each', show: (label: string) => `Show: ${label}` };
