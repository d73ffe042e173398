export const assets = {
  tags: 'Tags', tag: 'Tag', value: 'Value', quality: 'Quality and age', trend: 'Last 30 min', limits: 'Limits', source: 'Source', none: 'This asset has no tags.',
  trends: 'Trends', last: 'last 15 minutes', explore: 'Open in the explorer', dashboard: 'Make a dashboard', addRule: 'Add a rule', edit: 'Edit',
  partOf: 'Part of', parts: 'Parts', type: 'Type', name: 'Name', description: 'Description', parent: 'Part of', units: 'Units', save: 'Save', cancel: 'Cancel',
  alarms: 'Alarms', noAlarms: 'No alarms of this asset.', allAlarms: 'All alarms', models: 'Models on watch', score: 'Score', pushed: 'sent over HTTP', search: 'Search tags',
  chartOf: (tag: string) => `Chart of ${tag}`, dashboardName: (asset: string) => asset, editTitle: (asset: string) => `Edit ${asset}`, ruleOn: (tag: string) => `Add a rule on ${tag}`,
  moreTags: (count: number) => `Show ${count} more tags`, noneFound: 'No tag is called like this.',
};
