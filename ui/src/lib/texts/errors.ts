export const errors = {
  unreachable: 'The server does not answer. Is it running, and is this machine on its network?',
  unreadable: (status: number) => `The server answered with status ${status} and no explanation.`,
  title: 'That did not work',
  retry: 'Try again',
};
