export { AddSource } from './AddSource';
export { SourceList } from './SourceList';
export { SourcePage } from './SourcePage';
