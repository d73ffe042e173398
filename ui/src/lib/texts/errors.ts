export const errors = {
  unreachable: 'The server does not answer. Is it running, and is this machine on its network?',
  unreadable: (status: number) => `The server answered with status ${status} and no explanation.`,
  title: 'That did not work',
  conflict: (what: string) => `Somebody else has saved ${what} meanwhile. Your changes are still here.`,
  overwrite: 'Save mine over theirs',
  theirs: 'Take theirs',
  changedMeanwhile: 'Somebody else changed it at the same moment. It is shown as it is now; try again if you still want to.',
  missing: 'There is nothing here',
  retry: 'Try again',
  toOverview: 'Go to the overview',
};
