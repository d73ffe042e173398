export const session = {
  title: 'Sign in',
  product: 'TwinEdge',
  lead: 'Paste an API key. The browser exchanges it once for a session and does not keep it.',
  ended: 'Your session has ended. Sign in again; you come back to the page you were on.',
  key: 'API key',
  showKey: 'Show the key',
  firstTitle: 'The first time here?',
  first: [
    'This installation made an admin key when it first started. It is yours: whoever has it owns the installation.',
    'It was shown once on the console, and stands in the file admin.key in the data directory of the server (mode 0600). For the demo plant that is data/demo/admin.key.',
    'Make further keys for people and programs in Settings, each with only what it needs.',
  ],
  submit: 'Sign in',
  wrong: 'This key is not known, expired or revoked.',
};
