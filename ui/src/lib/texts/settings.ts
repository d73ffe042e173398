export const settings = {
  title: 'Settings', keys: 'API keys', name: 'Name', scopes: 'Scopes', used: 'Last used', never: 'never', create: 'Create key',
  revoke: 'Revoke', shownOnce: 'Copy this key now; it is not shown again.', health: 'System health', about: 'About',
  aboutText: 'TwinEdge runs on this machine and sends nothing anywhere. Licence: Apache 2.0.', apiDocs: 'API reference',
  check: 'Part', state: 'State', sure: (name: string) => `Revoke "${name}"? Whoever uses it is cut off at once.`,
};
