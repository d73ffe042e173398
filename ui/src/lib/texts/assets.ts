export const assets = {
  tags: 'Tags', tag: 'Tag', value: 'Value', quality: 'Quality and age', kind: 'Kind',
  trends: 'Trends', last: 'last 15 minutes', explore: 'Open in the explorer', none: 'This asset has no tags.',
};
