export const session = {
  title: 'Sign in',
  lead: 'Paste an API key. The browser exchanges it once for a session and does not keep it.',
  key: 'API key',
  keyHint:
    'At the first start the admin key is shown on the console and written to admin.key in the data directory.',
  submit: 'Sign in',
  wrong: 'This key is not known, expired or revoked.',
};
